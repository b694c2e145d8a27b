using System.Globalization;
using System.Text.RegularExpressions;
using Stillframe.Oci;

namespace Stillframe.Backups;

/// <summary>
/// How a dump directory lies in a registry: an artifact of its own type (OCI image specification, "Guidelines for Artifact Usage") whose configuration is <c>dump.json</c>, and whose layers
/// are the directory's files under their names. docs/backups.md has the table.
/// </summary>
static partial class BackupFormat
{
    public const string
        Artifact = "application/vnd.stillframe.dump.v1",
        Config = "application/vnd.stillframe.dump.config.v1+json",
        Sql = "application/vnd.stillframe.dump.table.v1.sql+gzip",
        Json = "application/json";

    /// <summary>The configuration of a backup whose files are encrypted, <c>dump.json</c> among them: what it is encrypted by. The media types of its files end with <c>+age</c> or <c>+gpg</c>.</summary>
    public const string EncryptedConfig = "application/vnd.stillframe.dump.encrypted.config.v1+json";

    /// <summary>A record that a backup was restored, whose subject is the backup.</summary>
    public const string
        Verification = "application/vnd.stillframe.dump.verification.v1",
        VerificationResult = "application/vnd.stillframe.dump.verification.v1+json";

    /// <summary>The tag of the newest backup.</summary>
    public const string Latest = "latest";

    const string Time = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Such as <c>20261129T031700Z</c>: registries list tags by their names, and so by their time.</summary>
    public static string TagOf(DateTimeOffset time) => time.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture);

    /// <summary>A tag for the record of a backup, which leaves the backup itself as it is. Not every registry knows the referrers API, but all know tags.</summary>
    public static string VerificationTagOf(Digest backup) => $"sha256-{backup.Hex}.verified";

    /// <summary>Whose record is under this tag; null where it is another tag.</summary>
    public static Digest? VerifiedBy(string tag) =>
        VerificationTag().Match(tag) is { Success: true } match && Digest.TryParse("sha256:" + match.Groups[1].Value, out var digest) ? digest : null;

    [GeneratedRegex(@"^sha256-([0-9a-f]{64})\.verified\z")]
    private static partial Regex VerificationTag();
}
