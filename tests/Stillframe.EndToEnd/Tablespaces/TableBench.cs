using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Stillframe.Compiling;
using Stillframe.Connections;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.Loading;
using Stillframe.Normalizing;
using Stillframe.Tablespaces;

namespace Stillframe.EndToEnd.Tablespaces;

/// <summary>A table that the server loaded.</summary>
/// <param name="Fields">Of SHOW FULL FIELDS.</param>
/// <param name="Rows">As a text result has them, in the order of the primary key.</param>
/// <param name="Statistics">As it gathered them.</param>
sealed record LoadedByServer(string Name, string Definition, IReadOnlyList<string?[]> Fields, IReadOnlyList<byte[]> Rows, uint Checksum, TableStatistics Statistics);

/// <summary>A server that loads tables by its bulk load, and the files of each without and with its rows.</summary>
sealed class TableBench : IAsyncDisposable
{
    public const string Schema = "made";

    const int SortBytes = 1 << 20;

    readonly string work;
    OracleServer? server;
    ServerConnection connection = null!;
    FileNormalizer normalizer = null!;
    DataDictionary dictionary = null!;

    TableBench(string work) => this.work = work;

    public OracleServer Server => server!;

    /// <summary>Of all that is proved.</summary>
    public KnownTexts Texts { get; private set; } = KnownTexts.None;

    /// <param name="release">Null for the host's.</param>
    public static async Task<TableBench> StartAsync(string work, ComparedRelease? release = null)
    {
        release ??= ComparedRelease.Of(ComparedRelease.Host);
        await release.MakeDataAsync(work);
        var bench = new TableBench(work) { server = await OracleServer.StartAsync([$"--datadir={work}/data", "--skip-log-bin", "--character-set-server=utf8mb4", .. OracleServer.Small, .. LoadServer.ForStatistics], default, release.Start) };
        bench.connection = await bench.server.ConnectAsync();
        await bench.ExecuteAsync($"CREATE DATABASE {Schema}", $"USE {Schema}", "SET NAMES utf8mb4, sql_mode = 'NO_UNSIGNED_SUBTRACTION', time_zone = '+00:00'");
        var collations = await bench.connection.QueryAsync("SELECT full_collation_name FROM information_schema.collation_character_set_applicability", default); // as columns have them: others name no character set
        var charsets = await bench.connection.QueryAsync("SELECT character_set_name FROM information_schema.character_sets WHERE maxlen = 1", default);
        bench.Texts = (await SchemaForms.ReadAsync(bench.connection, collations.Select(row => row[0]!), charsets.Select(row => row[0]!), default)).Texts();
        return bench;
    }

    public async Task ExecuteAsync(params IEnumerable<string> statements)
    {
        foreach (var statement in statements)
            await connection.ExecuteAsync(statement, default);
    }

    /// <param name="rows">A query.</param>
    public async Task<LoadedByServer> LoadAsync(string name, string definition, string rows)
    {
        await ExecuteAsync($"CREATE TABLE {name} ({definition}) ENGINE=InnoDB");
        await ExportAsync(name, "empty");
        var order = string.Join(", ", (await connection.QueryAsync($"SHOW KEYS FROM {name} WHERE key_name = 'PRIMARY'", default)).Select(key => $"{(key[7] is { } prefix ? $"LEFT({key[4]}, {prefix})" : key[4])} {(key[5] == "D" ? "DESC" : "")}"));
        await ExecuteAsync($"CREATE TEMPORARY TABLE source LIKE {name}", $"INSERT IGNORE INTO source {rows}", "SET unique_checks = 0, foreign_key_checks = 0", "BEGIN", $"INSERT INTO {name} SELECT * FROM source ORDER BY {order}", "COMMIT", "SET unique_checks = 1, foreign_key_checks = 1", "DROP TEMPORARY TABLE source");
        await ExportAsync(name, "full");
        var found = new List<byte[]>();
        // as the table has them: of LEFT(…) with characters below the space, sorting has another order than keys
        await connection.StreamAsync($"SELECT * FROM {name} FORCE INDEX (PRIMARY)", _ => { }, row =>
        {
            found.Add(row.ToArray());
            return default;
        }, default);
        var checksum = uint.Parse((await connection.QueryAsync($"CHECKSUM TABLE {name} EXTENDED", default))[0][1]!, CultureInfo.InvariantCulture);
        return new(name, definition, await connection.QueryAsync($"SHOW FULL FIELDS FROM {name}", default), found, checksum, await StatisticsStore.GatherAsync(connection, new(Schema, name), default));
    }

    public async Task StopAsync()
    {
        await connection.DisposeAsync();
        await server!.ShutdownAsync();
        normalizer = FileNormalizer.For($"{work}/data");
        dictionary = DataDictionary.Read($"{work}/data/ibdata1");
    }

    /// <returns>Null where the file is the server's.</returns>
    /// <param name="isSorted">Whether rows are given in the order of the primary key.</param>
    public string? Compare(LoadedByServer table, bool isSorted)
    {
        var (empty, full, ours) = (PathOf(table.Name, "empty"), PathOf(table.Name, "full"), PathOf(table.Name, "ours"));
        Assert.Null(normalizer.Normalize(empty, "t.ibd", default)!.LeftAlone);
        Assert.Null(normalizer.Normalize(full, "t.ibd", default)!.LeftAlone);
        var layout = dictionary.Layouts[$"{Schema}/{table.Name}"];
        var columns = layout.Columns.Zip(table.Fields, (column, field) => KnownColumn.Of(column, field[1]!, field[2], Texts)).ToList();
        var plan = WritePlan.Of(layout, columns).Counting(Array.FindIndex([.. table.Fields], field => field[6] == "auto_increment"));
        using (var file = File.OpenHandle(ours, FileMode.Create, FileAccess.ReadWrite))
        {
            // little memory, so that larger tables have runs on disk
            using var writer = new TableWriter(file, File.ReadAllBytes(empty), plan, new(work, SortBytes), isSorted);
            foreach (var row in isSorted ? table.Rows : Shuffled(table.Rows))
                Add(row, writer);
            var written = writer.Finish();
            Assert.Equal(table.Rows.Count, written.Rows);
            if (written.Checksum != table.Checksum)
                return $"checksum {table.Checksum}, and ours {written.Checksum}";
            if (Difference(table.Statistics, WritableTable.Statistics(new(Schema, table.Name), written)) is { } other)
                return other;
        }

        var difference = Difference(File.ReadAllBytes(full), File.ReadAllBytes(ours));
        foreach (var path in new[] { empty, full, ours })
            File.Delete(path);
        return difference;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    static void Add(byte[] text, TableWriter writer)
    {
        var reader = new PacketReader(text);
        writer.Row.Begin();
        while (!reader.IsAtEnd)
        {
            if (!(reader.TakeNull() ? writer.Row.TryAddNull() : writer.Row.TryAdd(reader.Counted())))
                throw new NotWritableException("a value is not written as the server would");
        }

        writer.Row.End();
        writer.Add();
    }

    static List<byte[]> Shuffled(IReadOnlyList<byte[]> rows) => [.. rows.Index().OrderBy(row => (row.Index * 7919L + 13) % 10007).Select(row => row.Item)];

    static string? Difference(TableStatistics server, TableStatistics ours)
    {
        static List<string> Lines(TableStatistics statistics) => [.. statistics.Table.Concat(statistics.Indexes).Select(row => string.Join(' ', row))];
        var (theirs, own) = (Lines(server), Lines(ours));
        return theirs.SequenceEqual(own) ? null : $"statistics: {string.Join(", ", theirs.Except(own))} and ours {string.Join(", ", own.Except(theirs))}";
    }

    static string? Difference(byte[] server, byte[] ours)
    {
        if (server.AsSpan().SequenceEqual(ours))
            return null;
        var text = new StringBuilder($"{server.Length / PageLayout.Size} pages, and ours {ours.Length / PageLayout.Size}");
        for (var (page, said) = (0, 0); page < Math.Min(server.Length, ours.Length) / PageLayout.Size && said < 4; page++)
        {
            var one = server.AsSpan(page * PageLayout.Size, PageLayout.Size - 4);
            var other = ours.AsSpan(page * PageLayout.Size, PageLayout.Size - 4);
            if (one.SequenceEqual(other))
                continue;
            said++;
            var at = one.CommonPrefixLength(other);
            text.Append($"; page {page} of type {BinaryPrimitives.ReadUInt16BigEndian(one[24..])} at {at}: {Convert.ToHexString(one.Slice(at, Math.Min(16, one.Length - at)))} and ours {Convert.ToHexString(other.Slice(at, Math.Min(16, one.Length - at)))}");
        }

        return text.ToString();
    }

    async Task ExportAsync(string name, string kind)
    {
        await ExecuteAsync($"FLUSH TABLES {name} FOR EXPORT");
        File.Copy($"{work}/data/{Schema}/{name}.ibd", PathOf(name, kind));
        await ExecuteAsync("UNLOCK TABLES");
    }

    string PathOf(string name, string kind) => Path.Combine(work, $"{name}.{kind}");
}
