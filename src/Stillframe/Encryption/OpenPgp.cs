using System.Text.RegularExpressions;
using Stillframe.Processes;

namespace Stillframe.Encryption;

/// <summary>
/// GnuPG with its user's own keyring and agent (<c>GNUPGHOME</c>). Results are read from its status lines; the file doc/DETAILS of GnuPG has them, and the form of listed keys.
/// </summary>
sealed partial class OpenPgp : Cipher
{
    const int Field = 9; // of a line of --with-colons: the fingerprint

    public override string Name => "gpg";

    protected override string Package => "gpg gpg-agent";

    /// <summary>Fingerprints of primary keys. An address can mean another key tomorrow, so it has to be one that the user's keyring trusts; a fingerprint is one key's.</summary>
    public override async Task<IReadOnlyList<string>> ResolveAsync(IReadOnlyList<string> recipients, CancellationToken cancellationToken)
    {
        var fingerprints = new List<string>();
        foreach (var recipient in recipients)
        {
            var result = await RunAsync(["--batch", "--no-tty", "--no-auto-key-locate", "--with-colons", "--list-keys", "--", Fingerprint().IsMatch(recipient) ? recipient : $"<{recipient}>"], Stream.Null, null, cancellationToken);
            var lines = result.Output.Split('\n').Select(line => line.Split(':')).Where(line => line.Length > Field).ToList();
            // the first fingerprint after a 'pub' is the primary key's
            var keys = lines.Zip(lines.Skip(1)).Where(pair => pair.First[0] == "pub" && pair.Second[0] == "fpr").Select(pair => (Trust: pair.First[1], Fingerprint: pair.Second[Field])).ToList();
            if (keys is not [var key])
                throw Refused(recipient, keys.Count == 0 ? "gpg knows no such key. Import it (gpg --import), or correct the recipient" : $"gpg knows {keys.Count} such keys. Name the fingerprint of one: {string.Join(", ", keys.Select(one => one.Fingerprint))}");
            if (key.Trust is "r" or "e" or "d" or "i")
                throw Refused(recipient, $"the key {key.Fingerprint} was revoked, is disabled, or has expired. Name another one, or renew it");
            if (!Fingerprint().IsMatch(recipient) && key.Trust is not ("u" or "f" or "m"))
                throw Refused(recipient, $"gpg does not trust that the key {key.Fingerprint} is theirs. Name this fingerprint, or sign the key (gpg --lsign-key {key.Fingerprint})");
            fingerprints.Add(key.Fingerprint);
        }

        return fingerprints;
    }

    // what the user's gpg.conf may add (another recipient, armour, keys from the network) stays out
    protected override IEnumerable<string> EncryptArguments(IReadOnlyList<string> recipients) =>
    [
        "--batch", "--no-tty", "--no-auto-key-locate", "--no-encrypt-to", "--no-armor", "--trust-model", "always", "--compress-algo", "none", "--status-fd", "2",
        .. recipients.SelectMany(recipient => new[] { "--recipient", recipient }), "--encrypt",
    ];

    protected override IEnumerable<string> DecryptArguments(string what) => ["--batch", "--no-tty", "--status-fd", "2", "--decrypt"];

    protected override bool IsWhole(ProcessResult result) => result.ExitCode == 0 && Has(result, "DECRYPTION_OKAY");

    protected override bool IsForOthers(ProcessResult result) => Has(result, "ENC_TO") && !Has(result, "DECRYPTION_KEY");

    protected override string Held => "the keys of gpg here";

    protected override string Advice => "Import the secret key of a recipient (gpg --import), or let gpg-agent have its passphrase.";

    protected override string Words(ProcessResult result)
    {
        var lines = result.Error.Split('\n').Where(line => line.StartsWith("gpg: ", StringComparison.Ordinal)).Select(line => line["gpg: ".Length..].Trim()).ToList();
        return lines.LastOrDefault(line => line.Contains("failed", StringComparison.Ordinal) || line.Contains("WARNING", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? $"exit code {result.ExitCode}";
    }

    static bool Has(ProcessResult result, string status) => result.Error.Contains($"[GNUPG:] {status}", StringComparison.Ordinal);

    static StillframeException Refused(string recipient, string why) => new(ErrorCodes.BackupNotEncrypted, $"Nothing can be encrypted to '{recipient}': {why}. Nothing was sent.");

    [GeneratedRegex(@"^(0x)?(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})\z")]
    internal static partial Regex Fingerprint();
}
