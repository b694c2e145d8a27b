using System.Buffers.Binary;
using System.Text;
using Stillframe.Connections;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.Loading;
using Stillframe.Normalizing;
using Stillframe.Processes;
using Stillframe.Tablespaces;

namespace Stillframe.EndToEnd.Tablespaces;

/// <summary>A table that the server loaded.</summary>
/// <param name="Fields">Of SHOW FULL FIELDS.</param>
/// <param name="Rows">As a text result has them, in the order of the primary key.</param>
/// <param name="Statistics">As it gathered them.</param>
sealed record LoadedByServer(string Name, string Definition, IReadOnlyList<string?[]> Fields, IReadOnlyList<byte[]> Rows, TableStatistics Statistics);

/// <summary>A server that loads tables by its bulk load, and the files of each without and with its rows.</summary>
sealed class TableBench : IAsyncDisposable
{
    const string Schema = "made";

    static readonly string[] Collations = ["utf8mb4_general_ci", "utf8mb3_general_ci", "latin1_swedish_ci", "utf8mb4_unicode_ci", "utf8mb4_unicode_520_ci", "utf8mb4_uca1400_ai_ci"];

    readonly Dictionary<string, CollationWeights> weights = [];

    readonly string work;
    OracleServer? server;
    ServerConnection connection = null!;
    FileNormalizer normalizer = null!;
    DataDictionary dictionary = null!;

    TableBench(string work) => this.work = work;

    public static async Task<TableBench> StartAsync(string work)
    {
        var install = await ChildProcess.RunAsync(
            "mariadb-install-db", ["--no-defaults", $"--datadir={work}/data", $"--tmpdir={work}", "--skip-test-db", "--auth-root-authentication-method=normal", .. Environment.IsPrivilegedProcess ? ["--user=root"] : Array.Empty<string>()]);
        Assert.True(install.ExitCode == 0, install.AllOutput);
        var bench = new TableBench(work) { server = await OracleServer.StartAsync([$"--datadir={work}/data", "--skip-log-bin", "--character-set-server=utf8mb4", .. OracleServer.Small, .. LoadServer.ForStatistics], default) };
        bench.connection = await bench.server.ConnectAsync();
        await bench.ExecuteAsync($"CREATE DATABASE {Schema}", $"USE {Schema}", "SET NAMES utf8mb4, sql_mode = 'NO_UNSIGNED_SUBTRACTION', time_zone = '+00:00'");
        foreach (var collation in Collations)
        {
            var hex = await bench.connection.QueryAsync(
                $"SELECT COALESCE(HEX(WEIGHT_STRING(CONVERT(CAST(UNHEX(LPAD(HEX(seq), 4, '0')) AS CHAR CHARACTER SET ucs2) USING {collation.Split('_')[0]}) COLLATE {collation})), '') FROM seq_0_to_65535 ORDER BY seq", default);
            bench.weights[collation] = new([.. hex.Select(row => row[0]!)], isSimple: !collation.Contains("_u", StringComparison.Ordinal));
        }

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
        var order = string.Join(", ", (await connection.QueryAsync($"SHOW KEYS FROM {name} WHERE key_name = 'PRIMARY'", default)).Select(key => $"{key[4]} {(key[5] == "D" ? "DESC" : "")}"));
        await ExecuteAsync($"CREATE TEMPORARY TABLE source LIKE {name}", $"INSERT IGNORE INTO source {rows}", "SET unique_checks = 0, foreign_key_checks = 0", "BEGIN", $"INSERT INTO {name} SELECT * FROM source ORDER BY {order}", "COMMIT", "SET unique_checks = 1, foreign_key_checks = 1", "DROP TEMPORARY TABLE source");
        await ExportAsync(name, "full");
        var found = new List<byte[]>();
        await connection.StreamAsync($"SELECT * FROM {name} ORDER BY {order}", _ => { }, row =>
        {
            found.Add(row.ToArray());
            return default;
        }, default);
        return new(name, definition, await connection.QueryAsync($"SHOW FULL FIELDS FROM {name}", default), found, await StatisticsStore.GatherAsync(connection, new(Schema, name), default));
    }

    public async Task StopAsync()
    {
        await connection.DisposeAsync();
        await server!.ShutdownAsync();
        normalizer = FileNormalizer.For($"{work}/data");
        dictionary = DataDictionary.Read($"{work}/data/ibdata1");
    }

    /// <returns>Null where the file is the server's.</returns>
    public string? Compare(LoadedByServer table)
    {
        var (empty, full, ours) = (PathOf(table.Name, "empty"), PathOf(table.Name, "full"), PathOf(table.Name, "ours"));
        Assert.Null(normalizer.Normalize(empty, "t.ibd", default)!.LeftAlone);
        Assert.Null(normalizer.Normalize(full, "t.ibd", default)!.LeftAlone);
        var layout = dictionary.Layouts[$"{Schema}/{table.Name}"];
        var columns = layout.Columns.Zip(table.Fields, (column, field) => KnownColumn.Of(column, field[1]!, field[2], weights)).ToList();
        using (var file = File.OpenHandle(ours, FileMode.Create, FileAccess.ReadWrite))
        {
            var writer = new TableWriter(file, File.ReadAllBytes(empty), TablePlan.Of(layout, columns));
            foreach (var row in table.Rows)
                writer.Add(row);
            var statistics = writer.Finish();
            Assert.Equal(table.Rows.Count, writer.Count);
            if (Difference(table.Statistics, statistics, writer.Count) is { } other)
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

    static string? Difference(TableStatistics server, IReadOnlyList<IndexStatistics> ours, long rows)
    {
        string[] theirs = [string.Join(' ', server.Table[0].Skip(1)), .. server.Indexes.Select(row => $"{row[1]} {row[2]} {row[3]}").Order(StringComparer.Ordinal)];
        string[] own =
        [
            $"{rows} {ours[0].Pages} {ours.Skip(1).Sum(index => index.Pages)}",
            .. ours.SelectMany(index => index.Distinct.Select((count, field) => $"{index.Index} n_diff_pfx{field + 1:00} {count}").Append($"{index.Index} n_leaf_pages {index.LeafPages}").Append($"{index.Index} size {index.Pages}")).Order(StringComparer.Ordinal),
        ];
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
