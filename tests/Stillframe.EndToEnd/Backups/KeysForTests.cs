using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Backups;

/// <summary>Pairs of keys by the real programs, in a directory of their own. Only where the tests' needs are met.</summary>
public sealed class KeysForTests : IAsyncLifetime, IDisposable
{
    public const string Address = "keeper@example.org", Stranger = "stranger@example.org";

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    /// <summary>File of an age identity, and its public key.</summary>
    public string Identity => PathOf("identity");

    public string Recipient { get; private set; } = "";

    public string OtherIdentity => PathOf("other");

    public string OtherRecipient { get; private set; } = "";

    /// <summary><c>GNUPGHOME</c> with the pair of <see cref="Address"/>.</summary>
    public string GnuPg => PathOf("g");

    public string Fingerprint { get; private set; } = "";

    /// <summary>Another one, which has no secret key, and the public one of <see cref="Address"/>.</summary>
    public string GnuPgOfOthers => PathOf("o");

    public string PathOf(string name) => Path.Combine(directory.Path, name);

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.Age]) is null)
        {
            foreach (var path in new[] { Identity, OtherIdentity })
                await Command.SucceedAsync("age-keygen", ["-o", path]);
            Recipient = (await Command.SucceedAsync("age-keygen", ["-y", Identity])).Trim();
            OtherRecipient = (await Command.SucceedAsync("age-keygen", ["-y", OtherIdentity])).Trim();
        }

        if (Needs.WhyNot([Need.Gpg]) is not null)
            return;
        Stillframe.Files.PrivateFiles.MakeDirectory(GnuPg);
        Stillframe.Files.PrivateFiles.MakeDirectory(GnuPgOfOthers);
        foreach (var address in new[] { Address, Stranger })
            await GpgAsync(GnuPg, "--passphrase", "", "--quick-generate-key", address, "default", "default", "never");
        Fingerprint = (await GpgAsync(GnuPg, "--with-colons", "--list-keys", Address)).Split('\n').First(line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];
        await GpgAsync(GnuPg, "--output", PathOf("public"), "--export", Fingerprint);
        await GpgAsync(GnuPgOfOthers, "--import", PathOf("public"));
    }

    public async Task DisposeAsync()
    {
        if (Directory.Exists(GnuPg))
            foreach (var home in new[] { GnuPg, GnuPgOfOthers })
                await Command.RunAsync("gpgconf", ["--homedir", home, "--kill", "all"]); // its agent lives on by itself
    }

    public void Dispose() => directory.Dispose();

    static Task<string> GpgAsync(string home, params string[] arguments) => Command.SucceedAsync("gpg", ["--homedir", home, "--batch", "--quiet", "--pinentry-mode", "loopback", .. arguments]);
}
