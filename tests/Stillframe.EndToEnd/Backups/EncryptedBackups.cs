using System.Text;
using Stillframe.Backups;
using Stillframe.Encryption;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Backups;

/// <summary>Backups encrypted by the real programs; what these make of the files is compared without us.</summary>
public sealed partial class EncryptedBackups : IClassFixture<BackupBench>, IClassFixture<KeysForTests>
{
    readonly BackupBench bench;
    readonly KeysForTests keys;

    public EncryptedBackups(BackupBench bench, KeysForTests keys)
    {
        (this.bench, this.keys) = (bench, keys);
        // nobody else in this process reads them
        Environment.SetEnvironmentVariable(Cipher.IdentityVariable, keys.Identity);
        Environment.SetEnvironmentVariable("GNUPGHOME", keys.GnuPg);
    }

    [NeedsTheory(Need.Registry, Need.LocalServer, Need.Age, Need.Gpg, Need.Skopeo)]
    [InlineData("age")]
    [InlineData("gpg")]
    public async Task Show_no_row_and_no_digest_of_one_and_are_restored_as_they_were(string program)
    {
        var name = $"shown-{program}";
        var dump = await bench.DumpAsync(name);
        await bench.PushAsync(name, $"{name}-dump", program == "age" ? keys.Recipient : KeysForTests.Address);
        var copy = bench.PathOf($"copy-{program}");
        await Command.SucceedAsync("skopeo", ["copy", "--quiet", "--src-tls-verify=false", $"docker://{bench.Registry.Host}/{name}-dump:latest", $"dir:{copy}"]);

        // all that there is, and nothing of it tells what is in a file
        string[] secrets = [dump.DataVersion, dump.Server, dump.BinlogFile!, .. dump.Files.Select(file => file.Sha256), .. dump.Files.Select(file => file.Table?.RowsFingerprint).OfType<string>(), "Zoë"];
        byte[] gzip = [0x1f, 0x8b, 0x08];
        foreach (var file in Directory.EnumerateFiles(copy))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.DoesNotContain(secrets, secret => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0);
            Assert.False(bytes.AsSpan().StartsWith(gzip), file);
        }

        // the programs alone give the dump directory back
        var manifest = Wire.Read<ManifestJson>(await File.ReadAllBytesAsync(Path.Combine(copy, "manifest.json")), "manifest");
        Assert.Equal(dump.Files.Select(file => file.Name).Append("dump.json").Select(file => $"{file}.{program}"), manifest.Layers.Select(layer => layer.Annotations![LabelNames.Title]));
        foreach (var layer in manifest.Layers)
        {
            var plain = bench.PathOf($"plain-{program}");
            Assert.EndsWith($"+{program}", layer.MediaType, StringComparison.Ordinal);
            string[] command = program == "age" ? ["--decrypt", "--identity", keys.Identity, "--output", plain, Path.Combine(copy, layer.Digest.Hex)] : ["--batch", "--yes", "--quiet", "--output", plain, "--decrypt", Path.Combine(copy, layer.Digest.Hex)];
            await Command.SucceedAsync(program, command);
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(bench.PathOf(name), layer.Annotations![LabelNames.Title][..^4])), await File.ReadAllBytesAsync(plain));
        }

        await bench.Other.DropAllAsync();
        var report = await DumpRestore.RunAsync(bench.RestoreTo, $"oci://{bench.Registry.Host}/{name}-dump:latest", new(bench.PathOf($"restored-{program}")), SilentReporter.Instance, default);
        Assert.Equal((4, dump.DataVersion), (report.Tables, report.DataVersion));
        Assert.Equal(await BackupBench.DescribeAsync(bench.Master), await BackupBench.DescribeAsync(bench.Other.Server));
    }

    [NeedsFact(Need.Registry, Need.LocalServer, Need.Age)]
    public async Task Cost_what_changed_and_everything_for_other_recipients_or_another_key()
    {
        var dump = await bench.DumpAsync("costly");
        var first = await PushAsync(keys.Recipient);
        var same = await PushAsync(keys.Recipient);
        Assert.Equal((dump.Files.Count + 2, 0, first.Digest), (first.BlobsSent, same.BlobsSent, same.Digest)); // dump.json, and the configuration

        await bench.ExecuteAsync("INSERT INTO shop.customer VALUES (1001, 'new', NULL)");
        await bench.DumpAsync("costly");
        await bench.ExecuteAsync("DELETE FROM shop.customer WHERE id = 1001");
        Assert.Equal(2, (await PushAsync(keys.Recipient)).BlobsSent); // the table and dump.json

        var two = await PushAsync($"{keys.OtherRecipient};{keys.Recipient}");
        var turned = await PushAsync($"{keys.Recipient}; {keys.OtherRecipient}");
        Assert.Equal((dump.Files.Count + 1, 0), (two.BlobsSent, turned.BlobsSent));
        Assert.Equal(dump.Files.Count + 1, (await PushAsync($"{keys.Recipient};{keys.OtherRecipient}", bench.PathOf("another-machine"))).BlobsSent);

        var list = await bench.ListAsync("costly-dump");
        Assert.All(list, backup => Assert.Equal((true, "", 0L, 4L, null), (backup.IsEncrypted, backup.DataVersion, backup.Rows, backup.Tables, backup.Position)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(bench.Cache, "encrypted")));

        Task<Stillframe.Destinations.Delivery> PushAsync(string recipients, string? cache = null) => bench.PushAsync("costly", "costly-dump", recipients, cache);
    }

    [NeedsFact(Need.Registry, Need.LocalServer, Need.Age)]
    public async Task Never_take_over_a_file_that_somebody_else_put_there()
    {
        await bench.DumpAsync("forged");
        await bench.PushAsync("forged", "forged-dump", keys.Recipient);
        var own = await TamperedBackup.PushAsync(bench, "forged-dump", "latest", "shop.customer.sql.gz.age", bytes => bytes[..^1]);

        var next = await bench.PushAsync("forged", "forged-dump", keys.Recipient);

        Assert.NotEqual(own, next.Digest);
        Assert.Equal(1, next.BlobsSent);
        await FetchAsync("forged-dump:latest");
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Registry, Need.LocalServer, Need.Age)]
    public async Task Are_built_from_as_the_directory_is_and_fetched_by_table()
    {
        using var workshop = new FrameWorkshop();
        await bench.DumpAsync("built");
        await bench.PushAsync("built", "built-dump", keys.Recipient);
        var directory = (await FetchAsync("built-dump:latest", withRows: false)).Directory;
        Assert.DoesNotContain("shop.customer.sql.gz", Directory.EnumerateFiles(directory).Select(Path.GetFileName));

        var frame = await BuildAsync(directory);
        var ofDirectory = await BuildAsync(bench.PathOf("built"));

        Assert.Equal((ofDirectory.DataVersion, ofDirectory.Digest), (frame.DataVersion, frame.Digest));
        Assert.Contains("shop.customer.sql.gz", Directory.EnumerateFiles(directory).Select(Path.GetFileName));

        Task<Stillframe.Frames.FrameBuild> BuildAsync(string dump) => FrameWorkshop.BuildAsync(
            workshop.Request([dump]) with { Engine = new(Stillframe.Engines.EngineKind.Local, null, null, bench.PathOf("frames-of-encrypted"), null) });
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Registry, Need.LocalServer, Need.Age)]
    public async Task Are_verified_in_a_throw_away_server_and_tell_nobody_how_many_rows()
    {
        await bench.DumpAsync("proved");
        await bench.PushAsync("proved", "proved-dump", keys.Recipient);

        var report = await BackupVerifier.VerifyAsync($"{bench.Registry.Host}/proved-dump:latest", new(Stillframe.Engines.EngineKind.Local, null, null, bench.Cache, null), 2, SilentReporter.Instance, default);

        Assert.Equal(4, report.Tables);
        Assert.NotNull(Assert.Single(await bench.ListAsync("proved-dump")).Verified);
        using var client = bench.Client("proved-dump");
        var record = Wire.Read<ManifestJson>((await client.GetManifestAsync(BackupFormat.VerificationTagOf(Assert.Single(await bench.ListAsync("proved-dump")).Digest), default))!.Bytes, "record");
        Assert.DoesNotContain("rows", Encoding.UTF8.GetString(await Stillframe.Images.RemoteBlobs.BytesAsync(client, record.Layers[0], default)), StringComparison.Ordinal);
    }

    Task<FetchedBackup> FetchAsync(string backup, bool withRows = true) =>
        FetchedBackup.GetAsync($"oci://{bench.Registry.Host}/{backup}", bench.PathOf(Path.GetRandomFileName()), new(), SilentReporter.Instance, default, withRows);
}
