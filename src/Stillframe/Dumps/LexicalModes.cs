namespace Stillframe.Dumps;

/// <summary>The SQL modes that decide where a string or identifier ends, as they stand at a statement.</summary>
[Flags]
public enum LexicalModes
{
    None = 0,
    /// <summary>A backslash in a string is only a backslash.</summary>
    NoBackslashEscapes = 1,
    /// <summary>Double quotes enclose an identifier.</summary>
    AnsiQuotes = 2,
}
