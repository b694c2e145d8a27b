using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.Loading;
using Stillframe.Processes;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Tablespaces;

/// <summary>Frames of dumps that mariadb-dump made, their tables written without a server where that can be.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class WrittenFrames(ITestOutputHelper output) : IDisposable
{
    const string Schema = TableBench.Schema;

    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public void Dispose() => work.Dispose();

    [NeedsFact(Need.LocalServer)]
    public async Task Hold_what_the_servers_own_client_would_load_and_can_be_written_to()
    {
        output.WriteLine($"seed {Seed.Value}");
        var random = Seed.Random();
        await using var bench = await TableBench.StartAsync(work.Path);
        for (var number = 0; number < Soaking.Times(40, 1_000); number++)
            await RandomTable.LoadAsync(bench, random, number, isDumped: true);
        await bench.ExecuteAsync(
            "CREATE TABLE words (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT, FULLTEXT (v)) ENGINE=InnoDB", "INSERT INTO words (v) SELECT CONCAT('word ', seq) FROM seq_1_to_50",
            "CREATE TABLE bare (v INT, KEY (v)) ENGINE=InnoDB", "INSERT INTO bare SELECT seq FROM seq_1_to_500",
            "CREATE TABLE documents (id INT PRIMARY KEY, v JSON, w JSON NOT NULL, f FLOAT, KEY (f)) ENGINE=InnoDB", "INSERT INTO documents SELECT seq, IF(seq % 5, JSON_OBJECT('name', CONCAT('é ', seq), 'list', JSON_ARRAY(1, NULL, TRUE)), NULL), '[]', (seq * 7919 % 1000 - 500) / 7 FROM seq_1_to_500",
            "CREATE TABLE none (id INT PRIMARY KEY, v VARCHAR(20), KEY (v)) ENGINE=InnoDB",
            "CREATE TABLE counted (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20), UNIQUE (v)) ENGINE=InnoDB AUTO_INCREMENT=77", "INSERT INTO counted (v) SELECT CONCAT('x', seq) FROM seq_1_to_9", "DELETE FROM counted WHERE id > 80");
        var dump = Path.Combine(work.Path, $"{Schema}.sql");
        var made = await ChildProcess.RunAsync("mariadb-dump", ["--no-defaults", $"--socket={bench.Server.Socket}", "--user=root", $"--result-file={dump}", "--databases", Schema], new() { Environment = new Dictionary<string, string?> { ["TZ"] = "UTC" } });
        Assert.True(made.ExitCode == 0, made.AllOutput);

        using var frames = new FrameLoads(work.Path) { Compiler = CompilerKind.Auto };
        await frames.BuildAsync([dump], default);
        var loaded = frames.Messages.Where(line => line.Contains(" is loaded by a server: ", StringComparison.Ordinal)).ToList();
        var written = frames.TakeWritten();
        output.WriteLine($"{written} tables written\n{string.Join("\n", loaded)}");
        Assert.True(written > loaded.Count, string.Join("\n", loaded));
        await using var frame = await frames.StartAsync(default);
        // not with the source, of which a dump has not all: six digits of a FLOAT, and '?' for what ASCII has no character for
        await using var client = await ClientLoads.StartAsync(work.Path);
        Assert.Null(await client.LoadAsync([new(dump, null)], default));
        var differences = Difference.Between(await Description.OfAsync(client.Server, [Schema]), await Description.OfAsync(frame.Server, [Schema]));
        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(5)));
        Assert.Empty(await DamagedAsync(frame.Server));

        await using var server = await frame.AsOrdinaryServerAsync();
        await ChangeAsync(server);
        Assert.Empty(await DamagedAsync(server));
    }

    /// <summary>Half of all rows gone, and others in their place, through every index.</summary>
    static async Task ChangeAsync(OracleServer server)
    {
        await using var connection = await server.ConnectAsync();
        await connection.ExecuteAsync("SET foreign_key_checks = 0, sql_mode = ''", default);
        foreach (var table in await TablesAsync(connection))
        {
            var columns = (await connection.QueryAsync($"SHOW COLUMNS FROM {table}", default)).Select(row => row[0]!).ToList();
            await connection.ExecuteAsync($"DELETE FROM {table} WHERE {columns[0]} % 2 = 0", default);
            await connection.ExecuteAsync($"INSERT IGNORE INTO {table} SELECT {string.Join(", ", columns.Select((column, i) => i == 0 ? $"{column} + 100000" : column))} FROM {table}", default);
            await connection.ExecuteAsync($"ALTER TABLE {table} FORCE", default);
            await connection.ExecuteAsync($"UPDATE IGNORE {table} SET {columns[^1]} = {columns[^1]} WHERE {columns[0]} % 3 = 0", default);
        }
    }

    /// <summary>What the server's own check finds.</summary>
    static async Task<IReadOnlyList<string>> DamagedAsync(OracleServer server)
    {
        await using var connection = await server.ConnectAsync();
        var found = new List<string>();
        foreach (var table in await TablesAsync(connection))
        {
            foreach (var row in await connection.QueryAsync($"CHECK TABLE {table} EXTENDED", default))
            {
                if (row is not [.., "status", "OK"])
                    found.Add(string.Join(' ', row));
            }
        }

        return found;
    }

    static async Task<List<string>> TablesAsync(ServerConnection connection) =>
        [.. from row in await connection.QueryAsync($"SELECT table_name FROM information_schema.tables WHERE table_schema = '{Schema}'", default) select Sql.Table(Schema, row[0]!)];
}
