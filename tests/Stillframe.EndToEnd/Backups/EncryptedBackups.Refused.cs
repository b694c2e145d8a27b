using Stillframe.Backups;
using Stillframe.Encryption;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Backups;

/// <summary>One error each; nothing is sent, restored or kept.</summary>
public sealed partial class EncryptedBackups
{
    [NeedsFact(Need.Registry, Need.LocalServer, Need.Age)]
    public async Task Open_to_their_recipients_alone_and_to_nobody_by_chance()
    {
        await bench.DumpAsync("closed");
        await bench.PushAsync("closed", "closed-dump", keys.OtherRecipient);

        await File.WriteAllTextAsync(keys.PathOf("protected"), "age-encryption.org/v1\n-> scrypt");
        await RefusedAsync(keys.Identity, "closed-dump:latest", ErrorCodes.BackupIdentityMissing, "no identity matched");
        await RefusedAsync(null, "closed-dump:latest", ErrorCodes.BackupIdentityMissing, "names no identity");
        await RefusedAsync(keys.PathOf("nowhere"), "closed-dump:latest", ErrorCodes.BackupIdentityMissing, "can't be read");
        await RefusedAsync(keys.PathOf("protected"), "closed-dump:latest", ErrorCodes.BackupIdentityMissing, "passphrase");
        var secret = (await File.ReadAllLinesAsync(keys.OtherIdentity))[^1];
        Assert.DoesNotContain(secret, await RefusedAsync(secret, "closed-dump:latest", ErrorCodes.BackupIdentityMissing, "has a secret key"), StringComparison.Ordinal);
    }

    [NeedsFact(Need.Registry, Need.LocalServer, Need.Gpg)]
    public async Task Open_to_the_keys_of_gpg_that_are_here()
    {
        await bench.DumpAsync("keyring");
        await bench.PushAsync("keyring", "keyring-dump", keys.Fingerprint);
        Environment.SetEnvironmentVariable("GNUPGHOME", keys.GnuPgOfOthers);

        await RefusedAsync(null, "keyring-dump:latest", ErrorCodes.BackupIdentityMissing, "No secret key");
        // an address may be anybody's, but for those that the keyring trusts; a fingerprint is one key's
        var untrusted = await Assert.ThrowsAsync<StillframeException>(() => bench.PushAsync("keyring", "untrusted-dump", KeysForTests.Address));
        await bench.PushAsync("keyring", "by-fingerprint-dump", keys.Fingerprint);

        Assert.Equal(ErrorCodes.BackupNotEncrypted, untrusted.Code);
        Assert.Contains(keys.Fingerprint, untrusted.Message, StringComparison.Ordinal);
    }

    [NeedsTheory(Need.Registry, Need.LocalServer, Need.Age, Need.Gpg)]
    [InlineData("age")]
    [InlineData("gpg")]
    public async Task That_are_damaged_are_told_and_restore_nothing(string program)
    {
        var (name, file) = ($"damaged-{program}", $"shop.orders.sql.gz.{program}");
        await bench.DumpAsync(name);
        var recipient = program == "age" ? keys.Recipient : keys.Fingerprint;
        await bench.PushAsync(name, $"{name}-dump", recipient);

        foreach (var (tag, change) in new (string, Func<byte[], byte[]>)[] { ("flipped", Flipped), ("cut", bytes => bytes[..^20]), ("empty", _ => []) })
        {
            await TamperedBackup.PushAsync(bench, $"{name}-dump", tag, file, change);
            await RefusedAsync(keys.Identity, $"{name}-dump:{tag}", ErrorCodes.BackupDamaged, file);
            await TamperedBackup.PushAsync(bench, $"{name}-dump", tag, $"dump.json.{program}", change);
            await RefusedAsync(keys.Identity, $"{name}-dump:{tag}", ErrorCodes.BackupDamaged, $"dump.json.{program}");
        }

        // whole and to the right recipient, but not what was backed up: whoever knows a public key can encrypt
        var cipher = Cipher.Find(program)!;
        using var forged = new MemoryStream();
        using var rows = new MemoryStream("rows of somebody else"u8.ToArray());
        await cipher.EncryptAsync([recipient], rows, forged, default);
        await TamperedBackup.PushAsync(bench, $"{name}-dump", "forged", file, _ => forged.ToArray());
        await RefusedAsync(keys.Identity, $"{name}-dump:forged", ErrorCodes.BackupDamaged, "is another one");

        static byte[] Flipped(byte[] bytes)
        {
            bytes[^40] ^= 1;
            return bytes;
        }
    }

    [NeedsFact(Need.Registry, Need.LocalServer, Need.Age)]
    public async Task Without_a_recipient_are_refused_where_the_others_are_encrypted()
    {
        await bench.DumpAsync("plain");
        var encrypted = await bench.PushAsync("plain", "mostly-dump", keys.Recipient);

        var plain = await Assert.ThrowsAsync<StillframeException>(() => bench.PushAsync("plain", "mostly-dump"));
        var unknown = await Assert.ThrowsAsync<StillframeException>(() => bench.PushAsync("plain", "mostly-dump", keys.Recipient[..^1]));

        Assert.Equal((ErrorCodes.BackupNotEncrypted, ErrorCodes.BackupNotEncrypted), (plain.Code, unknown.Code));
        Assert.Equal(encrypted.Digest, Assert.Single(await bench.ListAsync("mostly-dump")).Digest);
    }

    [NeedsFact(Need.Registry, Need.LocalServer, Need.Age)]
    public async Task Say_which_program_is_missing()
    {
        await bench.DumpAsync("missing");
        await bench.PushAsync("missing", "missing-dump", keys.Recipient);
        await bench.Other.DropAllAsync();
        var environment = new Dictionary<string, string?> { ["PATH"] = bench.PathOf("nothing-here") };
        string[] child = [typeof(BackupChild).Assembly.Location, BackupChild.Name, "restore", $"oci://{bench.Registry.Host}/missing-dump:latest", bench.RestoreTo, bench.PathOf("missing-cache")];

        var result = await Command.RunAsync(Stillframe.Processes.ChildProcess.Find("dotnet")!, child, environment: environment);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("is one of 'age', which is not on PATH", result.AllOutput, StringComparison.Ordinal);
    }

    /// <returns>The message.</returns>
    async Task<string> RefusedAsync(string? identity, string backup, string code, string words)
    {
        await bench.Other.DropAllAsync();
        Environment.SetEnvironmentVariable(Cipher.IdentityVariable, identity);
        var cache = bench.PathOf(Path.GetRandomFileName());
        var e = await Assert.ThrowsAsync<StillframeException>(() => DumpRestore.RunAsync(bench.RestoreTo, $"oci://{bench.Registry.Host}/{backup}", new(cache), SilentReporter.Instance, default));
        Assert.True(e.Code == code && e.Message.Contains(words, StringComparison.Ordinal), $"{e.Code}: {e.Message}");
        await using var connection = await bench.Other.Server.ConnectAsync();
        Assert.Equal("0", await connection.ScalarAsync("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'shop'", default));
        // neither what could not be decrypted nor what it was decrypted from
        Assert.DoesNotContain(Directory.EnumerateFiles(cache, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(cache, file)), file => file.Contains(".partial", StringComparison.Ordinal) || file.Contains("sf-", StringComparison.Ordinal));
        return e.Message;
    }
}
