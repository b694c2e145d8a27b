using System.Globalization;

namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>A table that a dump has made: an integer key called <see cref="Key"/>, or none, and columns of all types.</summary>
sealed record Table(string Schema, string Name, string? Key, IReadOnlyList<Column> Columns)
{
    /// <summary>The last number given to the key.</summary>
    public int Last { get; set; }

    public bool HasAutoIncrement { get; init; }

    public bool IsTransactional { get; init; } = true;

    /// <summary>Columns that a row can name.</summary>
    public IEnumerable<Column> Given => Columns.Where(column => !column.IsGenerated);

    public Column? Number => Columns.FirstOrDefault(column => column is { IsNumber: true, IsGenerated: false });
}

/// <summary>Definitions of tables.</summary>
static class Definitions
{
    /// <summary>A table as a random person would make it; its rows are not there yet.</summary>
    public static Table Create(this Script script, bool keyLater = false)
    {
        var dice = script.Dice;
        var name = script.NewName("t");
        var key = keyLater || dice.Chance(88) ? "id" : null;
        var auto = key is not null && dice.Chance(50);
        var columns = Enumerable.Range(0, dice.Between(1, 6)).Select(_ => Defined(script, Columns.Any(script))).ToList();
        AddGenerated(script, columns);
        var engine = dice.Next(20) switch { 0 => "MyISAM", 1 => "Aria", _ => "InnoDB" };
        var lines = columns.Select(column => Line(script, column)).ToList();
        if (key is not null)
            lines.Insert(0, keyLater ? $"{script.Id("id")} int NOT NULL" : $"{script.Id("id")} {dice.Pick("int", "bigint", "int(11)", "bigint unsigned")} NOT NULL{(auto ? " AUTO_INCREMENT" : "")}{dice.Pick(" PRIMARY KEY", "", "")}");
        if (key is not null && !keyLater && !lines[0].EndsWith("PRIMARY KEY", StringComparison.Ordinal))
            lines.Add($"PRIMARY KEY ({script.Id("id")})");
        if (!keyLater)
            lines.AddRange(Keys(script, columns));
        if (dice.Chance(10) && columns.FirstOrDefault(column => column is { IsNumber: true, IsGenerated: false }) is { } number)
            lines.Add($"{(dice.Chance(50) ? $"CONSTRAINT {script.Id(script.NewName("ck"))} " : "")}CHECK ({script.Id(number.Name)} IS NULL OR {script.Id(number.Name)} > -1e308)");
        script.Run($"CREATE TABLE {(dice.Chance(10) ? "IF NOT EXISTS " : "")}{script.Id(name)} ({script.NewLine}  {string.Join("," + script.NewLine + "  ", lines)}{script.NewLine}){Options(script, engine, auto && !keyLater)}");
        var table = new Table(script.Schema, name, key, columns) { HasAutoIncrement = auto && !keyLater, IsTransactional = engine == "InnoDB", Last = auto ? 500 : 0 };
        script.Tables.Add(table);
        return table;
    }

    static Column Defined(Script script, Column column)
    {
        var dice = script.Dice;
        var withDefault = column.Default is not null && dice.Chance(40);
        var nullable = dice.Chance(60);
        return column with
        {
            Nullable = nullable,
            HasDefault = withDefault,
            Attributes = (nullable ? dice.Pick("", " NULL", " DEFAULT NULL") : " NOT NULL") is var nulls && withDefault
                ? nulls.Replace(" DEFAULT NULL", "", StringComparison.Ordinal) + $" DEFAULT {column.Default}"
                : (nullable ? dice.Pick("", " DEFAULT NULL") : " NOT NULL"),
        };
    }

    static void AddGenerated(Script script, List<Column> columns)
    {
        var dice = script.Dice;
        if (!dice.Chance(15))
            return;
        var of = columns[0];
        var expression = of.IsNumber ? $"{script.Id(of.Name)} IS NULL" : $"coalesce(length({script.Id(of.Name)}), -1)";
        columns.Add(new Column(script.NewName("g"), "int", () => "DEFAULT", dice.Chance(30) ? "" : null)
        {
            IsGenerated = true,
            Nullable = true,
            Attributes = $"{dice.Pick(" GENERATED ALWAYS", "")} AS ({expression}){dice.Pick(" VIRTUAL", " STORED", " PERSISTENT", "")}",
        });
    }

    static string Line(Script script, Column column)
    {
        var dice = script.Dice;
        var comment = dice.Chance(5) ? $" COMMENT {script.Text("a comment; with 'quotes' -- and")}" : "";
        var invisible = dice.Chance(4) && (column.Nullable || column.HasDefault) && !column.IsGenerated ? " INVISIBLE" : "";
        var type = column.Type.EndsWith(" null", StringComparison.Ordinal) && column.Attributes.Contains("NULL", StringComparison.Ordinal) ? column.Type[..^5] : column.Type;
        return $"{script.Id(column.Name)} {type}{column.Attributes}{invisible}{comment}";
    }

    static IEnumerable<string> Keys(Script script, List<Column> columns)
    {
        var dice = script.Dice;
        foreach (var column in columns.Where(column => column.KeyLength is not null && (!column.IsGenerated || column.KeyLength == "")))
            if (dice.Chance(18))
                yield return $"{dice.Pick("KEY", "INDEX")} {(dice.Chance(70) ? script.Id(script.NewName("k")) + " " : "")}({script.Id(column.Name)}{column.KeyLength}{(dice.Chance(10) ? " DESC" : "")})";
        if (columns.FirstOrDefault(column => column is { IsGenerated: false } && column.Type.Contains("text", StringComparison.Ordinal)) is { } text && dice.Chance(10) && !text.Type.Contains("ucs2", StringComparison.Ordinal) && !text.Type.Contains("utf16", StringComparison.Ordinal))
            yield return $"FULLTEXT KEY {script.Id(script.NewName("ft"))} ({script.Id(text.Name)})";
    }

    static string Options(Script script, string engine, bool auto)
    {
        var dice = script.Dice;
        var options = engine == "InnoDB" && dice.Chance(40) ? "" : $" ENGINE={engine}";
        options += dice.Next(6) switch
        {
            0 => $" DEFAULT CHARSET={dice.Pick("utf8mb4", "latin1", "utf8mb3")}",
            1 => " DEFAULT CHARSET=utf8mb4 COLLATE=" + dice.Pick("utf8mb4_unicode_ci", "utf8mb4_bin"),
            _ => "",
        };
        if (auto && dice.Chance(20))
            options += string.Create(CultureInfo.InvariantCulture, $" AUTO_INCREMENT={dice.Between(1, 500)}");
        if (engine == "InnoDB" && dice.Chance(10))
            options += " ROW_FORMAT=" + dice.Pick("DYNAMIC", "COMPACT", "COMPRESSED");
        if (dice.Chance(5))
            options += $" COMMENT={script.Text("of a table; it's")}";
        return options;
    }
}
