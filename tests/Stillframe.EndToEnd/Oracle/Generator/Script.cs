using System.Text;

namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>A dump file being written: pieces in the client's character set, and what is known at this place.</summary>
/// <param name="prefix">Of every schema's name.</param>
sealed class Script(Dice dice, string prefix, bool crlf)
{
    /// <summary>Characters that stand for a byte each.</summary>
    const char FirstRaw = '\uE000', LastRaw = '\uE0FF';

    readonly List<byte[]> pieces = [];
    int names;

    public Dice Dice => dice;

    public string Prefix => prefix;

    public string NewLine => crlf ? "\r\n" : "\n";

    /// <summary>Lines end in CR and LF, which the client changes also within strings.</summary>
    public bool IsCrlf => crlf;

    public Session Session { get; set; } = new();

    public string Schema { get; set; } = "";

    public List<Table> Tables { get; } = [];

    /// <summary>What the dump has that a frame need not take.</summary>
    public string? MayBeRefused { get; set; }

    public IReadOnlyList<byte[]> Pieces => pieces;

    /// <summary>A statement, with its delimiter and perhaps a comment of people.</summary>
    public void Run(string sql)
    {
        var before = dice.Next(40) switch
        {
            0 => $"-- it's a `comment; \"{NewLine}",
            1 => $"# another '{NewLine}",
            2 => "/* before; ' */ ",
            3 => $"--{NewLine}{NewLine}",
            _ => "",
        };
        var after = dice.Next(30) switch
        {
            0 => " /* after ' */;",
            1 => $"{NewLine};",
            2 => "; -- at the end '",
            3 => ";;",
            _ => ";",
        };
        Raw(before + sql + after + NewLine);
    }

    /// <summary>Several statements on lines of their own that make no sense without one another.</summary>
    public void Together(params IEnumerable<string> statements) => Raw(string.Concat(statements.Select(sql => sql + ";" + NewLine)));

    /// <summary>A statement that holds semicolons.</summary>
    public void Block(string sql)
    {
        // where a body ends in */ the client takes a / behind it for its delimiter
        var delimiter = sql.EndsWith('/') ? dice.Pick(";;", "$$", "|") : dice.Pick(";;", "$$", "//", "|", "END_OF_IT");
        Raw($"DELIMITER {delimiter}{NewLine}{sql.ReplaceLineEndings(NewLine)}{(delimiter.Length > 2 ? NewLine : dice.Pick("", " "))}{delimiter}{NewLine}DELIMITER ;{NewLine}");
    }

    public void Raw(string text) => pieces.Add(Encode(text));

    /// <summary>A byte that is not to be encoded.</summary>
    public static char RawByte(byte value) => (char)(FirstRaw + value);

    public string NewName(string stem)
    {
        names++;
        return dice.Next(14) switch
        {
            0 => $"{stem} {names}",
            1 => $"{stem}`{names}",
            2 => $"{stem}'\"{names}",
            3 => Session.Charset is "utf8mb4" ? $"{stem}é中{names}" : $"{stem}{names}",
            4 => stem.ToUpperInvariant() + names,
            5 => $"{stem}-{names}",
            6 => $"{stem}${names}",
            7 => $"{names}{stem}",
            8 => $"{stem};{names}",
            _ => $"{stem}{names}",
        };
    }

    public string Id(string name)
    {
        if (Session.AnsiQuotes && dice.Chance(40))
            return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var isPlain = name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0]) && !Columns.Reserved.Contains(name);
        return isPlain && dice.Chance(50) ? name : $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
    }

    /// <summary>A table's name, sometimes with its schema's.</summary>
    public string Name(Table table) =>
        table.Schema != Schema || dice.Chance(8) ? $"{Id(table.Schema)}{dice.Pick(".", ".", " . ")}{Id(table.Name)}" : Id(table.Name);

    /// <summary>A string literal, escaped in one of the ways there are.</summary>
    public string Text(string value)
    {
        var quote = Session.AnsiQuotes || dice.Chance(85) ? '\'' : '"';
        var text = new StringBuilder().Append(quote);
        foreach (var c in value)
            text.Append(Session.NoBackslash ? Doubled(c, quote) : Escaped(c, quote));
        if (value.Length > 0 && dice.Chance(3))
            return $"{text}{quote} {quote}{quote}"; // 'a' 'b' is 'ab'
        return text.Append(quote).ToString();
    }

    string Doubled(char c, char quote) => c switch
    {
        '\0' or '\r' => "",
        '\n' when IsCrlf => "",
        _ when c == quote => $"{c}{c}",
        _ => c.ToString(),
    };

    string Escaped(char c, char quote) => c switch
    {
        '\0' => "\\0",
        '\x1A' => "\\Z",
        '\r' => "\\r",
        '\n' => IsCrlf || dice.Chance(70) ? "\\n" : "\n",
        '\t' => dice.Pick("\\t", "\t"),
        '\b' => "\\b",
        '\\' => "\\\\",
        '\'' or '"' => c == quote ? dice.Pick($"\\{c}", $"{c}{c}") : dice.Pick($"\\{c}", $"{c}"),
        'q' or 'x' => dice.Pick(c.ToString(), c.ToString(), $"\\{c}"),
        _ => c.ToString(),
    };

    byte[] Encode(string text)
    {
        var bytes = new List<byte>(text.Length);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is < FirstRaw or > LastRaw)
                continue;
            bytes.AddRange(Session.Encoding.GetBytes(text[start..i]));
            if (i < text.Length)
                bytes.Add((byte)(text[i] - FirstRaw));
            start = i + 1;
        }

        return [.. bytes];
    }
}
