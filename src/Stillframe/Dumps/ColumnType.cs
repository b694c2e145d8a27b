using System.Globalization;
using System.Text;

namespace Stillframe.Dumps;

/// <summary>The type of a column as SQL has it.</summary>
/// <param name="Members">Of an enum or set.</param>
internal readonly record struct ColumnType(string Name, int Length, IReadOnlyList<string> Members)
{
    /// <summary>Other words for a type (<see href="https://mariadb.com/kb/en/data-types/"/>).</summary>
    static readonly Dictionary<string, string> usual = new(StringComparer.Ordinal)
    {
        ["integer"] = "int",
        ["int4"] = "int",
        ["int1"] = "tinyint",
        ["bool"] = "tinyint",
        ["boolean"] = "tinyint",
        ["int2"] = "smallint",
        ["int3"] = "mediumint",
        ["middleint"] = "mediumint",
        ["int8"] = "bigint",
        ["serial"] = "bigint",
        ["dec"] = "decimal",
        ["numeric"] = "decimal",
        ["fixed"] = "decimal",
        ["number"] = "decimal",
        ["real"] = "double",
        ["float8"] = "double",
        ["float4"] = "float",
        ["character"] = "char",
        ["nchar"] = "char",
        ["nvarchar"] = "varchar",
        ["varcharacter"] = "varchar",
        ["varchar2"] = "varchar",
        ["raw"] = "varbinary",
        ["clob"] = "longtext",
        ["long"] = "mediumtext",
    };

    /// <summary>Reads a type and goes on to the token behind it.</summary>
    public static ColumnType Read(ref SqlTokens tokens)
    {
        tokens.Take("NATIONAL"u8);
        var name = Encoding.UTF8.GetString(tokens.Bytes).ToLowerInvariant();
        tokens.MoveNext();
        name = usual.GetValueOrDefault(name, name);
        if (name == "double")
            tokens.Take("PRECISION"u8);
        if (name is "char" && tokens.Take("VARYING"u8))
            name = "varchar";
        if (name is "mediumtext")
        {
            if (tokens.Take("VARBINARY"u8))
                name = "mediumblob";
            else
                _ = tokens.Take("VARCHAR"u8) || tokens.Take("VARCHARACTER"u8);
        }

        var members = new List<string>();
        var size = Size(ref tokens, members);
        return new(name, name.EndsWith("int", StringComparison.Ordinal) ? 0 : size ?? Standard(name), members); // of an integer, it is how wide it is shown
    }

    /// <summary>Of what is declared as characters, and is bytes.</summary>
    public ColumnType OfBytes() => this with
    {
        Name = Name switch
        {
            "char" => "binary",
            "varchar" => "varbinary",
            "tinytext" => "tinyblob",
            "text" => "blob",
            "mediumtext" => "mediumblob",
            "longtext" => "longblob",
            _ => Name,
        },
    };

    /// <summary>The first number between parentheses behind the type; strings there are members.</summary>
    static int? Size(ref SqlTokens tokens, List<string> members)
    {
        if (!tokens.TakeSymbol('('))
            return null;
        int? size = int.TryParse(tokens.Bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        while (tokens.Kind != TokenKind.End && !tokens.TakeSymbol(')'))
        {
            if (tokens.Kind == TokenKind.String)
                members.Add(tokens.Unquote());
            tokens.MoveNext();
        }

        return size;
    }

    static int Standard(string name) => name switch
    {
        "char" or "binary" => 1,
        "tinytext" or "tinyblob" => byte.MaxValue,
        "text" or "blob" => ushort.MaxValue,
        "mediumtext" or "mediumblob" => (1 << 24) - 1,
        "longtext" or "longblob" or "json" => int.MaxValue,
        "decimal" => 10,
        _ => 0,
    };
}
