using System.Text;

namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>What the session variables of a dump are at its present place, as far as they decide how things are written.</summary>
sealed record Session
{
    public const string DefaultMode = "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION";

    /// <summary>The client's character set.</summary>
    public string Charset { get; init; } = "utf8mb4";

    public string Mode { get; init; } = DefaultMode;

    public bool NoBackslash => Has("NO_BACKSLASH_ESCAPES");

    public bool AnsiQuotes => Has("ANSI_QUOTES") || Has("ANSI") || Has("ORACLE");

    public bool Strict => Has("STRICT_TRANS_TABLES") || Has("STRICT_ALL_TABLES") || Has("TRADITIONAL");

    public bool ZeroDates => !Has("NO_ZERO_DATE") && !Has("TRADITIONAL");

    public Encoding Encoding => Charsets.EncodingOf(Charset);

    public bool Has(string mode) => Mode.Split(',').Contains(mode);
}
