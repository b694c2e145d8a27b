namespace Stillframe.Loading.Bulk;

/// <summary>
/// The CHARACTER SET of a LOAD DATA stream. Values must reach each column as a literal would have: bytes of the connection's character
/// set, to be converted to the column's. <c>binary</c> converts nothing, and lets the server's reader of fields skip its search for characters.
/// </summary>
static class StreamCharset
{
    public const string Binary = "binary";

    /// <summary>No byte of these characters is a tab, a line feed or a backslash, whatever went before it.</summary>
    static readonly HashSet<string> Transparent =
    [
        "utf8", "utf8mb3", "utf8mb4", "ascii", "binary", "armscii8", "cp1250", "cp1251", "cp1256", "cp1257", "cp850", "cp852", "cp866", "dec8",
        "geostd8", "greek", "hebrew", "hp8", "keybcs2", "koi8r", "koi8u", "latin1", "latin2", "latin5", "latin7", "macce", "macroman", "tis620",
    ];

    /// <summary>These read text only, or bytes only, according to the stream's character set.</summary>
    public static bool IsTextOrBytes(TableColumn column) => column.Type is "uuid" or "inet4" or "inet6";

    /// <summary>Null where the connection's character set needs INSERT.</summary>
    /// <param name="connection">That of the dump's session, in lower case.</param>
    public static string? For(IEnumerable<TableColumn> columns, string? connection)
    {
        if (connection is null || !Transparent.Contains(connection))
            return null;
        return columns.All(column => !IsTextOrBytes(column) && (column.Charset is null || Copies(connection, column.Charset)))
            ? Binary
            : connection;
    }

    /// <summary>Whether the server stores a literal's bytes as they are in a column of this character set.</summary>
    static bool Copies(string connection, string column) =>
        Name(connection) == Name(column) || (connection == "utf8mb4" && Name(column) == "utf8mb3");

    /// <summary>Whether raw bytes in a text column come out the same in such a stream as with the introducer <c>_binary</c>.</summary>
    public static bool TakesBytes(string stream, string column) => stream == Binary || Name(stream) == Name(column);

    /// <summary>The one name of a character set that has two.</summary>
    public static string Name(string charset) => charset == "utf8" ? "utf8mb3" : charset;
}
