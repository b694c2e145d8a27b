using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stillframe.Dumps;
using Stillframe.Masking;

namespace Stillframe.Frames;

/// <summary>
/// What a frame's data version is made of but for the reader's password: everything that changes what a reader sees.
/// docs/what-the-data-version-counts.md.
/// </summary>
/// <param name="Dump">The dumps' fingerprint.</param>
/// <param name="Schemas">Of statements that name none.</param>
/// <param name="Scripts">Their digests in their order, and the clock that they may take up.</param>
/// <param name="Statements">What of the dumps is left out or let through.</param>
/// <param name="Reader">The account's name.</param>
/// <param name="Options">Of the server.</param>
public sealed record DataVersionParts(string Dump, string Schemas, string Scripts, string Statements, string Reader, string Options)
{
    /// <summary>
    /// The version is public, in tags and labels, and must not make guessing cheap: this takes a processor 35 ms a guess, which every build can
    /// bear.
    /// </summary>
    const int Iterations = 100_000;

    const int Bytes = 32;

    /// <summary>Of the masks and their key; empty where rows stay as they are.</summary>
    public string Masks { get; init; } = "";

    /// <summary>Which rows stay; empty where all do.</summary>
    public string Subsets { get; init; } = "";

    /// <param name="summary">As the dumps were read.</param>
    /// <param name="scripts">SHA-256 of each, in their order.</param>
    /// <exception cref="StillframeException">SF1022.</exception>
    public static DataVersionParts Of(
        DumpSummary summary, DumpOptions dumpOptions, IReadOnlyList<string> scripts, string reader, IReadOnlyDictionary<string, string> serverOptions, MaskRequest? masks = null)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(dumpOptions);
        ArgumentNullException.ThrowIfNull(scripts);
        masks ??= MaskRequest.None;
        return new(
            masks.Hide("dump", summary.DataVersion),
            FieldHash.Of([.. summary.Files.Select(file => file.DefaultSchema).OfType<string>().Distinct().Order(StringComparer.Ordinal)]),
            // a script may write the time of day without naming it, into columns that have it as their default
            scripts.Count == 0 ? "" : FieldHash.Of([.. scripts, FrameDescription.Clock(summary).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)]),
            FieldHash.Of([dumpOptions.RefusedStatements.ToString(), .. dumpOptions.AllowedStatements.Distinct().Order(StringComparer.Ordinal)]),
            reader,
            FieldHash.Of([.. serverOptions.OrderBy(option => option.Key, StringComparer.Ordinal).SelectMany(option => new[] { option.Key, option.Value })]))
        {
            Masks = masks.Version(),
            Subsets = dumpOptions.Subsets.Count == 0 ? "" : FieldHash.Of([.. dumpOptions.Subsets.SelectMany(subset => new[] { subset.Tables, subset.Where })]),
        };
    }

    /// <summary>The data version of the frame with this password: 64 hex digits.</summary>
    public string With(string password)
    {
        var salt = Encoding.ASCII.GetBytes(FieldHash.Of(["stillframe data version 2", Dump, Schemas, Scripts, Statements, Reader, Options, .. Masks.Length > 0 ? [Masks] : Array.Empty<string>(), .. Subsets.Length > 0 ? ["subsets", Subsets] : Array.Empty<string>()]));
        // none at all is nobody's secret
        return Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(password, salt, password is "" ? 1 : Iterations, HashAlgorithmName.SHA256, Bytes));
    }

    /// <summary>What differs, for people; empty where at most the password does.</summary>
    public IReadOnlyList<string> DifferencesFrom(DataVersionParts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return
        [
            .. new[]
            {
                (Masks != other.Masks, "the masks (DatabaseMask), or their key"),
                (Subsets != other.Subsets, "the subsets (DatabaseSubset)"),
                (Dump != other.Dump && Masks == other.Masks, "the dump"), // its fingerprint is hidden by the key
                (Schemas != other.Schemas, "the schema for statements that name none (DatabaseName, or the dump file's name)"),
                (Scripts != other.Scripts, "the scripts (DatabaseScript), or the time that they run at"),
                (Statements != other.Statements, "DatabaseDumpRefusedStatements or DatabaseDumpAllowedStatements"),
                (Reader != other.Reader, "DatabaseReaderUser"),
                (Options != other.Options, "the server's options (DatabaseServerOption)"),
            }.Where(part => part.Item1).Select(part => part.Item2),
        ];
    }
}
