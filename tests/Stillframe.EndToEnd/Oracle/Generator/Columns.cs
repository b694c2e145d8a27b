using System.Globalization;

namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>A column with the values it takes.</summary>
/// <param name="Type">With attributes of the type, without NULL, default and the like.</param>
/// <param name="Literal">A value as SQL, never NULL.</param>
/// <param name="KeyLength">As <c>(10)</c> where a key takes only a part of it; null where no key is possible.</param>
/// <param name="Default">A literal that can be its default; null where it can have none.</param>
sealed record Column(string Name, string Type, Func<string> Literal, string? KeyLength = "", string? Default = null)
{
    public bool IsNumber { get; init; }

    public bool Nullable { get; init; }

    /// <summary>The rest of its definition.</summary>
    public string Attributes { get; init; } = "";

    public bool IsGenerated { get; init; }

    public bool HasDefault { get; init; }
}

/// <summary>Every type of column.</summary>
static class Columns
{
    public static HashSet<string> Reserved { get; } = new(StringComparer.OrdinalIgnoreCase) { "select", "order", "key", "group", "values", "primary", "index", "desc", "table" };

    public static Column Any(Script script)
    {
        var dice = script.Dice;
        var name = dice.Chance(6) ? dice.Pick("select", "order", "key", "group", "values", "desc") + dice.Next(100000) : script.NewName("c");
        return dice.Next(12) switch
        {
            < 3 => Integer(script, name),
            3 => Number(script, name),
            < 7 => Text(script, name),
            7 => Bytes(script, name),
            < 10 => Time(script, name),
            10 => Choice(script, name),
            _ => Special(script, name),
        };
    }

    public static Column Integer(Script script, string name)
    {
        var dice = script.Dice;
        var (type, bits) = dice.Pick(("tinyint", 8), ("smallint", 16), ("mediumint", 24), ("int", 32), ("integer(9)", 32), ("bigint", 64), ("bigint(20)", 64));
        var unsigned = dice.Chance(30);
        var zerofill = dice.Chance(5);
        return new(name, type + (unsigned || zerofill ? " unsigned" : "") + (zerofill ? " zerofill" : ""), () => IntegerValue(dice, bits, unsigned || zerofill), "", $"{dice.Next(100)}") { IsNumber = true };
    }

    static string IntegerValue(Dice dice, int bits, bool unsigned)
    {
        var (least, most) = unsigned
            ? (Int128.Zero, (Int128.One << bits) - 1)
            : (-(Int128.One << (bits - 1)), (Int128.One << (bits - 1)) - 1);
        var value = dice.Next(8) switch
        {
            0 => least,
            1 => most,
            2 => Int128.Zero,
            _ => Int128.Clamp(unsigned ? dice.Next(200) : dice.Next(250) - 100, least, most),
        };
        var text = value.ToString(CultureInfo.InvariantCulture);
        var small = value >= 0 && value < 100 ? (int)value : -1;
        return dice.Next(20) switch
        {
            0 => $"'{text}'",
            1 when value >= 0 => $"0x{(UInt128)value:X16}",
            2 when value >= 0 => $"+{text}",
            3 => text + ".0",
            4 when small >= 0 => $"b'{Convert.ToString(small, 2)}'",
            5 when value >= 0 => "00" + text,
            6 when small >= 0 => $"{text}e0",
            7 => dice.Pick("TRUE", "FALSE", "true"),
            8 => $"({text})",
            9 when value < 0 => $"- {text[1..]}",
            10 when small >= 0 => $"{text} + 1 - 1",
            _ => text,
        };
    }

    static Column Number(Script script, string name)
    {
        var dice = script.Dice;
        return dice.Next(5) switch
        {
            0 => new(name, "decimal(65,30)", () => dice.Pick("99999999999999999999999999999999999.999999999999999999999999999999", "-0.000000000000000000000000000001", "0", "-0", "1.50", "'12.25'", "1e10", ".5", "5."), "", "1.5") { IsNumber = true },
            1 => new(name, $"decimal({dice.Between(5, 20)},2)", () => string.Create(CultureInfo.InvariantCulture, $"{dice.Next(1999) - 999}.{dice.Next(100):00}"), null, "0.00") { IsNumber = true },
            2 => new(name, "float", () => Floating(dice, 38), null, "0.5") { IsNumber = true },
            3 => new(name, dice.Pick("double", "double precision", "real"), () => Floating(dice, 300), "", "1e3") { IsNumber = true },
            _ => new(name, dice.Pick("float(7,3)", "double(10,4)"), () => dice.Pick("1.2345", "-99.9999", "0.0005", "-0.0", "1234.5678"), null, "0") { IsNumber = true },
        };
    }

    static string Floating(Dice dice, int exponent) => dice.Next(8) switch
    {
        0 => "-0e0",
        1 => "-0.0",
        2 => exponent > 100 ? dice.Pick("1.7976931348623157e308", "-1.7976931348623157E+308", "2.2250738585072014e-308", "5e-324") : dice.Pick("3.40282e38", "-3.402823466e38", "1.175494351e-38", "1e-45"),
        3 => "0.1",
        4 => "'1e5'",
        5 => "123456789.123456789",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(dice.Fraction() - 0.5) * Math.Pow(10, dice.Between(-exponent, exponent - 1)):R}"),
    };

    static Column Text(Script script, string name)
    {
        var dice = script.Dice;
        var charset = dice.Chance(40) ? dice.Pick(Charsets.OfColumns) : null;
        var set = charset is null ? "" : dice.Pick($" character set {charset}", $" CHARSET {charset}") + (charset is "utf8mb4" && dice.Chance(50) ? " collate utf8mb4_" + dice.Pick("bin", "general_ci", "unicode_ci", "nopad_bin", "unicode_520_ci") : "");
        var (type, most, key) = dice.Next(9) switch
        {
            0 => ($"char({dice.Between(1, 3) * 10})", 10, ""),
            1 => ("tinytext", 20, "(10)"),
            2 => ("mediumtext", 60, "(10)"),
            3 => ("longtext", 200, "(10)"),
            4 => ("text", 60, "(12)"),
            _ => ($"varchar({dice.Pick(40, 60, 100, 190)})", 30, ""),
        };
        return new(name, type + set, () => TextValue(script, charset ?? "latin1", most), key, type.Contains("text", StringComparison.Ordinal) ? null : script.Text("d"));
    }

    public static string TextValue(Script script, string charset, int most)
    {
        var dice = script.Dice;
        if (dice.Chance(4))
            return dice.Pick("''", "' '", "'NULL'", "'null'", "0", "12.50", "'a  '", "'0'");
        var letters = Charsets.Letters(script.Session.Charset, charset).EnumerateRunes().ToList();
        var text = new System.Text.StringBuilder();
        for (var left = dice.Next(most + 1); left > 0; left--)
        {
            text.Append(dice.Next(10) switch
            {
                0 when letters.Count > 0 => $"{dice.Pick(letters)}a", // the client does not know of second bytes that look like backslashes
                1 => dice.Pick("'", "\"", "\\", "\n", "\t", ";", "--", "/*", "*/", "`", "%", "_", "\\n", "\0", "\x1A", "\r\n", "(", "),("),
                _ => dice.Pick("a", "b", "Z", "0", "9", " ", "q", "x", "N", "word"),
            });
        }

        var value = text.Length > most ? text.ToString(0, most) : text.ToString();
        if (value.Length > 0 && char.IsHighSurrogate(value[^1]))
            value = value[..^1];
        var plain = value.All(c => c < 128);
        return dice.Next(20) switch
        {
            0 when plain && charset is not ("ucs2" or "utf16") => $"x'{Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(value))}'",
            1 when plain => "_ascii " + script.Text(value),
            2 when plain && value.Length > 0 => $"_latin1 x'{Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(value))}'",
            3 when script.Session.Charset is "utf8mb4" => $"_utf8mb4{script.Text(value)}",
            4 when plain => $"CONCAT({script.Text(value)}, '')",
            _ => script.Text(value),
        };
    }

    static Column Bytes(Script script, string name)
    {
        var dice = script.Dice;
        var (type, most, key) = dice.Next(8) switch
        {
            0 => ("binary(8)", 8, ""),
            1 => ("varbinary(60)", 60, ""),
            2 => ("tinyblob", 60, "(9)"),
            3 => ("longblob", 400, "(9)"),
            4 => ("mediumblob", 100, "(9)"),
            5 => ("bit(1)", -1, ""),
            6 => ("bit(17)", -17, ""),
            _ => ("blob", 100, "(7)"),
        };
        return most < 0
            ? new(name, type, () => Bits(dice, -most), "", "b'0'")
            : new(name, type, () => BytesValue(script, dice.Next(most + 1)), key);
    }

    static string Bits(Dice dice, int bits)
    {
        var value = dice.Next(1 << bits);
        return dice.Pick($"b'{Convert.ToString(value, 2)}'", $"0b{Convert.ToString(value, 2)}", $"{value}", $"x'{value:X8}'");
    }

    public static string BytesValue(Script script, int length)
    {
        var bytes = script.Dice.Bytes(length);
        for (var i = 0; i < bytes.Length; i += 3)
            bytes[i] = "\\\t\n'\"\0N\x1a\r`"u8[script.Dice.Next(10)];
        var hex = Convert.ToHexString(bytes);
        return script.Dice.Next(4) switch
        {
            0 when length > 0 => "0x" + hex,
            1 => $"x'{hex}'",
            2 => $"X'{hex}'",
            // a client of such a set takes bytes together that don't belong together
            _ when script.Session.Charset is not ("utf8mb4" or "latin1" or "binary") || script.Session.NoBackslash => $"x'{hex}'",
            _ => "_binary " + Quoted(bytes),
        };
    }

    /// <summary>As mariadb-dump writes bytes: escaped by <c>mysql_real_escape_string</c>, otherwise as they are.</summary>
    static string Quoted(byte[] bytes) => $"'{string.Concat(bytes.Select(b => b switch
    {
        0 => "\\0",
        (byte)'\n' => "\\n",
        (byte)'\r' => "\\r",
        0x1A => "\\Z",
        (byte)'\'' => "\\'",
        (byte)'"' => "\\\"",
        (byte)'\\' => "\\\\",
        < 128 => ((char)b).ToString(),
        _ => Script.RawByte(b).ToString(),
    }))}'";

    static Column Time(Script script, string name)
    {
        var dice = script.Dice;
        var digits = dice.Pick("", "", "", "(3)", "(6)");
        return dice.Next(6) switch
        {
            0 => new(name, "date", () => dice.Pick("'2001-01-01'", "DATE '2024-02-29'", "20251231", "'1000-01-01'", "'9999-12-31'", "'01-2-3'", "'2010/05/06'", Zero(script, "'0000-00-00'")), "", "'2000-01-01'"),
            1 => new(name, "time" + digits, () => dice.Pick("'-838:59:59'", "'838:59:59'", "'00:00:00'", "'12:34:56.789012'", "'1 02:03:04'", "101112", "TIME '10:11:12'"), "", "'01:02:03'"),
            2 or 3 => new(name, "datetime" + digits, () => dice.Pick("'2001-01-01 00:00:00'", "'9999-12-31 23:59:59'", "TIMESTAMP '2020-02-02 02:02:02.5'", "20200101101112", "'2019-05-05'", "'2019-05-05T10:11:12'", Zero(script, "'0000-00-00 00:00:00'"), "'1999-12-31 23:59:59.999999'"), "", "'2000-01-01 00:00:00'"),
            4 => new(name, "timestamp" + digits + " null", () => dice.Pick("'2001-01-01 00:00:00'", "'2038-01-19 03:14:07'", "'1970-01-03 00:00:01'", "'2026-03-29 04:30:00'", "'2026-10-25 12:30:00'", "20200101101112"), "", "'2000-01-01 00:00:00'"),
            _ => new(name, "year", () => dice.Pick("2001", "'1901'", "2155", "99", "0", "'0'", "70"), "", "2000"),
        };
    }

    static string Zero(Script script, string zero) => script.Session.ZeroDates ? zero : "'2002-02-02'";

    static Column Choice(Script script, string name)
    {
        var dice = script.Dice;
        return dice.Chance(50)
            ? new(name, "enum('a','b','it''s','0','long value')", () => dice.Pick("'a'", "'b'", "'it''s'", "1", "3", "'0'"), "", "'a'")
            : new(name, "set('x','y','z','w')", () => dice.Pick("'x'", "'x,y'", "'z,x'", "''", "5", "15"), "", "'y'");
    }

    static Column Special(Script script, string name)
    {
        var dice = script.Dice;
        return dice.Next(6) switch
        {
            0 => new(name, "json", () => script.Session.NoBackslash ? "'{\"a\": [1, 2]}'" : dice.Pick("'{\\\"a\\\": [1, 2.50, null]}'", "'[]'", "'{\"k\":\"v\"}'", "'\"text\"'", "'null'"), null, null),
            1 => new(name, "uuid", () => dice.Pick("'123e4567-e89b-12d3-a456-426655440000'", "'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'", "'00000000000000000000000000000001'", "x'0102030405060708090A0B0C0D0E0F10'"), "", null),
            2 => new(name, "inet6", () => dice.Pick("'::1'", "'2001:db8::ff00:42:8329'", "'::ffff:10.1.2.3'"), "", null),
            3 => new(name, "inet4", () => dice.Pick("'10.0.0.1'", "'255.255.255.255'"), "", null),
            4 => new(name, "geometry", () => dice.Pick("ST_GeomFromText('POINT(1 2)')", "POINT(3,4.5)", "ST_GeomFromText('LINESTRING(0 0,1 1,2 5)', 4326)", "ST_PolyFromText('POLYGON((0 0,1 0,1 1,0 0))')", "x'000000000101000000000000000000F03F0000000000000040'", "_binary 0x000000000101000000000000000000F03F0000000000000040"), null, null),
            _ => new(name, "boolean", () => dice.Pick("0", "1", "TRUE", "false"), "", "1") { IsNumber = true },
        };
    }
}
