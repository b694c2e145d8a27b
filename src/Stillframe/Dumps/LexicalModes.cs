namespace Stillframe.Dumps;

/// <summary>What decides where a string or identifier ends, and what a string is, as it stands at a statement.</summary>
[Flags]
enum LexicalModes
{
    None = 0,
    /// <summary>A backslash in a string is only a backslash.</summary>
    NoBackslashEscapes = 1,
    /// <summary>Double quotes enclose an identifier.</summary>
    AnsiQuotes = 2,
    /// <summary>The client's character set is gbk, in which a backslash may be the second byte of a character.</summary>
    Gbk = 4,
    /// <summary>Likewise sjis or cp932.</summary>
    Sjis = 8,
    /// <summary>Likewise big5.</summary>
    Big5 = 16,
    /// <summary>Strings are bytes (<c>SET NAMES binary</c>): they end where they did, but a column takes them as they are, in its own character set.</summary>
    Binary = 32,
    /// <summary>A MySQL server is to read it, and runs other version comments than MariaDB; no statement changes that.</summary>
    MySql = 64,
    /// <summary>Any of those character sets.</summary>
    DoubleByte = Gbk | Sjis | Big5,
}
