namespace Stillframe.EndToEnd.Tablespaces;

/// <summary>Tables of any columns, keys and values that can be written.</summary>
static class RandomTable
{
    static readonly string[] Keyed =
    [
        "TINYINT", "SMALLINT UNSIGNED", "MEDIUMINT", "INT", "INT UNSIGNED", "BIGINT", "BIGINT UNSIGNED", "DECIMAL(10,2)", "DECIMAL(30,11)", "DATE", "DATETIME(3)", "TIMESTAMP(6)", "TIME", "YEAR", "DOUBLE", "BIT(1)", "BIT(13)", "BIT(64)",
        "ENUM('a','b','c')", "SET('a','b','c')", "BINARY(9)", "VARBINARY(30)", "VARCHAR(20) COLLATE utf8mb4_bin", "CHAR(9) COLLATE utf8mb4_bin", "VARCHAR(90) CHARACTER SET ascii COLLATE ascii_bin", "CHAR(70) COLLATE utf8mb4_bin",
        "UUID", "UUID", "INET4", "INET6", "VARCHAR(25) CHARACTER SET latin1 COLLATE latin1_danish_ci", "CHAR(9) CHARACTER SET latin1 COLLATE latin1_spanish_ci", "VARCHAR(30) CHARACTER SET latin1 COLLATE latin1_bin",
        "VARCHAR(25) CHARACTER SET latin2", "CHAR(12) CHARACTER SET latin5", "VARCHAR(25) CHARACTER SET latin7", "VARCHAR(25) CHARACTER SET cp1250", "CHAR(20) CHARACTER SET cp1251", "VARCHAR(25) CHARACTER SET cp1251 COLLATE cp1251_ukrainian_ci", "VARCHAR(25) CHARACTER SET cp1256", "VARCHAR(25) CHARACTER SET cp1257",
        "VARCHAR(25) CHARACTER SET koi8r", "CHAR(9) CHARACTER SET koi8u", "VARCHAR(25) CHARACTER SET greek", "VARCHAR(25) CHARACTER SET hebrew", "VARCHAR(25) CHARACTER SET cp850", "CHAR(25) CHARACTER SET cp852", "VARCHAR(25) CHARACTER SET cp866", "VARCHAR(25) CHARACTER SET macroman",
         "VARCHAR(30)", "CHAR(12)", "VARCHAR(90) CHARACTER SET utf8mb3", "VARCHAR(25) CHARACTER SET latin1", "CHAR(8) CHARACTER SET ascii", "VARCHAR(25) CHARACTER SET latin1 COLLATE latin1_general_ci", "VARCHAR(25) CHARACTER SET latin1 COLLATE latin1_general_cs", "CHAR(25) CHARACTER SET latin1 COLLATE latin1_german1_ci", "VARCHAR(25) CHARACTER SET utf8mb3 COLLATE utf8mb3_unicode_ci", "CHAR(9) CHARACTER SET utf8mb3 COLLATE utf8mb3_uca1400_ai_ci", "VARCHAR(25) CHARACTER SET utf8mb3 COLLATE utf8mb3_unicode_520_ci", "VARCHAR(40) COLLATE utf8mb4_unicode_ci", "VARCHAR(40) COLLATE utf8mb4_unicode_520_ci", "CHAR(20) COLLATE utf8mb4_uca1400_ai_ci", "VARCHAR(40) COLLATE utf8mb4_uca1400_ai_ci",
    ];

    /// <summary>Shown with six digits, which are all that a dump has of them.</summary>
    static readonly string[] Floats = ["FLOAT", "FLOAT UNSIGNED"];

    /// <summary>Kinds of which a part may be in a key; each of that kind has eight characters at least.</summary>
    static readonly string[] Lengthy = ["BINARY", "VARBINARY", "VARCHAR", "CHAR"];

    static readonly string[] Others =
        ["TEXT", "LONGTEXT", "BLOB", "VARCHAR(500)", "VARCHAR(40)", "CHAR(30)", "CHAR(80)", "VARCHAR(100) CHARACTER SET latin1", "CHAR(20) CHARACTER SET latin1", "TEXT CHARACTER SET latin1", "CHAR(10) CHARACTER SET tis620", "TIME(2)", "DATETIME", "VARCHAR(10) COLLATE utf8mb4_unicode_ci"];

    /// <summary>All that columns may be of.</summary>
    public static IEnumerable<string> Types => Keyed.Concat(Floats).Concat(Others);

    static readonly string[] Values =
    [
        "seq", "-seq", "seq * 7919", "seq % 5", "seq / 7", "RAND(seq) * 1e12", "CONCAT('v', seq)", "REPEAT('long ', seq % 60)", "REPEAT('ü€', seq % 20)", "ELT(seq % 7 + 1, 'Straße', 'strasse', 'ΩMEGA', 'ωmega', 'Ёлка', 'елка', 'x')", "CONCAT(CHAR(97 + seq % 26), CHAR(65 + seq * 7 % 26), ' ', seq % 11)", "CONCAT(CHAR(192 + seq % 60 USING latin1), ' ')",
        "CONVERT(CHAR(128 + seq * 37 % 128 USING latin1) USING utf8mb4)", "CONVERT(CONCAT(CHAR(192 + seq * 37 % 64 USING cp1251), CHAR(97 + seq % 26), CHAR(192 + seq * 11 % 64 USING cp1251)) USING utf8mb4)", "CONVERT(CONCAT(CHAR(193 + seq * 37 % 25 USING greek), ' ', seq % 10) USING utf8mb4)",
        "CONVERT(CONCAT(CHAR(192 + seq * 37 % 64 USING latin2), 'a') USING utf8mb4)", "CONVERT(CHAR(224 + seq % 27 USING hebrew) USING utf8mb4)", "CONVERT(CAST(UNHEX(LPAD(HEX(12353 + seq * 13 % 9000), 4, '0')) AS CHAR CHARACTER SET ucs2) USING utf8mb4)", "CONVERT(CAST(UNHEX(LPAD(HEX(seq * 31 % 1500), 4, '0')) AS CHAR CHARACTER SET ucs2) USING utf8mb4)", "'𝄞'", "REPEAT('much ', seq * 37 % 4000)", "REPEAT(CHAR(65 + seq % 26), seq * 7919 % 40000)", "'a,b'", "'  '", "CONCAT('t\\t', seq)", "CONCAT('x ', seq)",
        "'2024-02-29 12:34:56.789'", "FROM_UNIXTIME(seq * 86413.123)", "SEC_TO_TIME(seq * 17 - 9000)", "1901 + seq % 200", "MD5(seq)", "1 + seq % 3", "LOWER(CONCAT_WS('-', LPAD(HEX(seq * 7919), 8, '0'), LPAD(HEX(seq % 65536), 4, '0'), ELT(seq % 4 + 1, '4a1b', '7000', '1abc', '41ff'), ELT(seq % 3 + 1, '8d0e', 'b000', '9fff'), LPAD(HEX(seq * 104729), 12, '0')))",
        "CONCAT('10.', seq % 256, '.0.', seq * 7 % 256)", "CONCAT('2001:db8:', LOWER(HEX(seq * 7919 % 65535 + 1)), '::', LOWER(HEX(seq % 4000 + 1)))", "CONCAT('::ffff:10.', seq % 256, '.0.', seq * 7 % 256)", "(seq * 7919 % 1000 - 500) / 8", "POW(-1.7, seq % 300)",
    ];

    /// <summary>Bytes, some of which some character sets have nothing for: a dump would have question marks there.</summary>
    static readonly string[] Bytes = ["CHAR(seq % 256)", "UNHEX(MD5(seq))"];

    static readonly string[] Whole = [.. Values, .. Bytes];

    /// <param name="isDumped">Whether what is compared comes from a dump, too.</param>
    public static Task<LoadedByServer> LoadAsync(TableBench bench, Random random, int number, bool isDumped = false)
    {
        string[] keys = isDumped ? [.. Keyed, .. Floats] : Keyed;
        var columns = Enumerable.Range(0, random.Next(1, 12)).Select(column => (Name: $"c{column}", Type: Pick(random, random.Next(3) == 0 ? Others : keys))).ToList();
        var keyed = columns.Where(column => keys.Contains(column.Type) || IsLong(column.Type)).Select(column => column.Name).ToList();
        string Part(string name) => RandomTable.Part(random, name, columns.Find(column => column.Name == name).Type ?? "INT");
        List<string> parts = ["id INT NOT NULL", .. columns.Select(column => $"{column.Name} {column.Type} {(random.Next(2) == 0 ? "NULL" : "NOT NULL")}{(column.Type.StartsWith("TIMESTAMP", StringComparison.Ordinal) ? " DEFAULT 0" : "")}")];
        var primary = keyed.OrderBy(_ => random.Next()).Take(random.Next(3)).ToList();
        parts.Add($"PRIMARY KEY ({string.Join(", ", primary.Append("id").OrderBy(_ => random.Next()).Select(Part))})");
        for (var index = random.Next(4); index > 0 && keyed.Count > 0; index--)
        {
            var names = keyed.Append("id").OrderBy(_ => random.Next()).Take(random.Next(1, 4)).ToList();
            parts.Add($"{(names.Contains("id") && random.Next(2) == 0 ? "UNIQUE" : "KEY")} ({string.Join(", ", names.Select(Part))})");
        }

        var values = string.Join(", ", columns.Select(column => random.Next(6) == 0 ? $"IF(seq % 3 = 0, NULL, {ValueOf(random, column.Type)})" : ValueOf(random, column.Type)));
        return bench.LoadAsync($"r{number}", string.Join(", ", parts), $"SELECT seq * 7 % 10007, {values} FROM seq_1_to_{random.Next(1, random.Next(2) == 0 ? 60 : 4000)}");
    }

    static string ValueOf(Random random, string type) => Pick(random, type.Contains("CHARACTER SET", StringComparison.Ordinal) && !type.Contains("latin1", StringComparison.Ordinal) ? Values : Whole);

    static string Part(Random random, string name, string type)
    {
        var prefix = IsLong(type) || (Lengthy.Any(kind => type.StartsWith(kind, StringComparison.Ordinal)) && random.Next(3) == 0) ? $"({random.Next(1, 9)})" : "";
        return $"{name}{prefix}{(random.Next(4) == 0 ? " DESC" : "")}";
    }

    /// <summary>In a key with its beginning alone.</summary>
    static bool IsLong(string type) => type is "TEXT" or "LONGTEXT" or "BLOB";

    static string Pick(Random random, string[] list) => list[random.Next(list.Length)];
}
