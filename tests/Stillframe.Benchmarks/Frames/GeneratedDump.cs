using System.Globalization;
using System.Text;

namespace Stillframe.Benchmarks.Frames;

/// <summary>A dump as mariadb-dump writes it, of as many bytes as asked for and the same each time; its tables are equally big.</summary>
static class GeneratedDump
{
    static readonly string[] columns = ["place", "value", "taken", "name"];

    /// <param name="indexes">Secondary ones of each table; the first is of an integer, the others begin with other columns in turn.</param>
    /// <param name="statementBytes">Rows are packed into INSERT statements of this size; 1 gives one row each.</param>
    public static async Task WriteAsync(
        string path, long bytes, int tables = 4, int statementBytes = 1_000_000, int indexes = 1, CancellationToken cancellationToken = default)
    {
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20) { NewLine = "\n" };
        await file.WriteAsync(
            """
            -- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
            --
            -- Host: localhost    Database: bench
            -- ------------------------------------------------------
            -- Server version	10.11.19-MariaDB

            /*!40101 SET NAMES utf8mb4 */;
            /*!40103 SET TIME_ZONE='+00:00' */;

            """);
        var random = new Random(20261121);
        for (var table = 0; table < tables; table++)
            await WriteTableAsync(file, Table(table), bytes / tables, (statementBytes, Keys(indexes)), random, cancellationToken);
        await file.WriteAsync("\n-- Dump completed on 2026-11-21  3:04:05\n");
    }

    public static string Table(int number) => $"measurement_{number}";

    static async Task WriteTableAsync(
        StreamWriter file, string name, long bytes, (int StatementBytes, string Keys) form, Random random, CancellationToken cancellationToken)
    {
        await file.WriteAsync(
            $"""
            DROP TABLE IF EXISTS `{name}`;
            CREATE TABLE `{name}` (
              `id` int(11) NOT NULL AUTO_INCREMENT,
              `place` int(11) NOT NULL,
              `name` varchar(120) NOT NULL,
              `note` varchar(200) DEFAULT NULL,
              `value` decimal(12,4) DEFAULT NULL,
              `taken` datetime NOT NULL,
              PRIMARY KEY (`id`),
              {form.Keys}
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

            LOCK TABLES `{name}` WRITE;
            /*!40000 ALTER TABLE `{name}` DISABLE KEYS */;

            """);
        var row = new StringBuilder();
        long written = 0;
        var packed = 0;
        for (var id = 1; written < bytes; id++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            row.Clear().Append(packed == 0 ? $"INSERT INTO `{name}` VALUES\n" : ",\n");
            AppendRow(row, id, random);
            packed += row.Length;
            written += row.Length;
            if (packed > form.StatementBytes)
            {
                row.Append(";\n");
                packed = 0;
            }

            await file.WriteAsync(row, cancellationToken);
        }

        await file.WriteAsync($"{(packed > 0 ? ";\n" : "")}/*!40000 ALTER TABLE `{name}` ENABLE KEYS */;\nUNLOCK TABLES;\n");
    }

    static string Keys(int count) => string.Join(",\n  ", Enumerable.Range(0, count).Select(i => i == 0 ? "KEY `place` (`place`)" : $"KEY `key_{i}` (`{columns[i % columns.Length]}`{(i < columns.Length ? "" : $",`{columns[(i + i / columns.Length) % columns.Length]}`")})"));

    static void AppendRow(StringBuilder row, int id, Random random)
    {
        row.Append(CultureInfo.InvariantCulture, $"({id},{random.Next(100_000)},'");
        AppendWords(row, random, 2 + random.Next(3));
        row.Append("',");
        if (random.Next(4) == 0)
            row.Append("NULL");
        else
        {
            row.Append('\'');
            AppendWords(row, random, 4 + random.Next(14));
            row.Append(random.Next(10) == 0 ? " it\\'s \\\"so\\\"\\n'" : "'");
        }

        row.Append(CultureInfo.InvariantCulture, $",{random.Next(-99_999_999, 99_999_999) / 10000m},'2026-{1 + random.Next(12):00}-{1 + random.Next(28):00} 12:00:00')");
    }

    static void AppendWords(StringBuilder row, Random random, int count)
    {
        for (var word = 0; word < count; word++)
        {
            if (word > 0)
                row.Append(' ');
            for (var length = 3 + random.Next(8); length > 0; length--)
                row.Append((char)('a' + random.Next(26)));
        }
    }
}
