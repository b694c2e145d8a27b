using System.Globalization;
using System.Text;
using Stillframe.Connections;
using Stillframe.EndToEnd.Engines;
using Stillframe.Engines;
using Stillframe.Loading;
using Stillframe.Normalizing;

namespace Stillframe.EndToEnd.Normalizing;

/// <summary>One build of a data directory: schema in a pristine server, rows in a worker, tables linked into the pristine directory.</summary>
sealed class Build : IAsyncDisposable
{
    /// <summary>Rows that a LOAD DATA brings, and by INSERT where a table's name begins so.</summary>
    const int Rows = 20_000;

    /// <summary>A first DDL statement's time; the same in every build, as the session's clock is set.</summary>
    const string Clock = "SET timestamp=1000000000";

    static readonly ServerCredentials Builder = new("builder", "of-no-secret");

    /// <summary>An account that stays, also for the read-only server.</summary>
    static readonly string Account =
        $$"""insert into mysql.global_priv values ('%', 'builder', '{"access":18446744073709551615,"plugin":"mysql_native_password","authentication_string":"{{Builder.NativePasswordHash()}}"}');"""
        + "\nflush privileges;\n";

    readonly TemporaryDirectory temporary = TemporaryDirectory.Create();

    public string Directory => Path.Combine(temporary.Path, "pristine");

    public Dictionary<string, string?> Checksums { get; } = [];

    public IReadOnlyList<LeftAlone> LeftAlone { get; private set; } = [];

    public static async Task<Build> MakeAsync(IReadOnlyList<string> schema, IReadOnlyList<IReadOnlyList<Load>> sessions)
    {
        var build = new Build();
        await using var bench = await Bench.OpenAsync(EngineKind.Embedded, build.temporary.Path);
        await SystemTables.CreateAsync(bench, ["--innodb-log-file-size=4M"], CancellationToken.None);
        await using (var server = await StartAsync(bench, Account))
        {
            await using var reader = await ConnectAsync(server);
            await using var connection = await ConnectAsync(server);
            // while anyone might read old versions nothing is purged, so the dictionary's pages don't depend on when
            await reader.ExecuteAsync("START TRANSACTION WITH CONSISTENT SNAPSHOT", default);
            await connection.ExecuteAsync(Clock, default);
            foreach (var statement in schema)
                await connection.ExecuteAsync(statement, default);
            await reader.ExecuteAsync("ROLLBACK", default);
            await server.ShutdownAsync(default);
        }

        Copy(await bench.TakeDataDirectoryAsync(default), build.Directory);
        await using (var server = await StartAsync(bench))
        {
            await Task.WhenAll(sessions.Select(loads => LoadAsync(server, loads)));
            await using var connection = await ConnectAsync(server);
            foreach (var table in sessions.SelectMany(loads => loads).Select(load => load.Table))
                build.Checksums[table] = (await connection.QueryAsync($"CHECKSUM TABLE {table} EXTENDED", default))[0][1];
            await server.ShutdownAsync(default);
        }

        var worker = await bench.TakeDataDirectoryAsync(default);
        build.LeftAlone =
        [
            .. await DataDirectoryNormalizer.NormalizeAsync(build.Directory, SilentReporter.Instance, default),
            .. await DataDirectoryNormalizer.NormalizeAsync(worker, name => name.Contains('/', StringComparison.Ordinal), SilentReporter.Instance, default),
        ];
        DirectoryLinker.Link(build.Directory, DirectoryLinker.Objects(worker), keep: false, default);
        foreach (var log in System.IO.Directory.EnumerateFiles(build.Directory, "aria_log*"))
            File.Delete(log);
        return build;
    }

    /// <summary>Runs the linked directory read-only, with nothing of the build but its files.</summary>
    public async Task ServeAsync(Func<ServerConnection, Task> work)
    {
        await using var bench = await Bench.OpenAsync(EngineKind.Embedded, temporary.Path);
        Copy(Directory, await bench.TakeDataDirectoryAsync(default));
        await using var server = await bench.StartServerAsync(
            [
                .. Bench.SmallServer, "--innodb-read-only", "--read-only", $"--aria-log-dir-path={bench.RunDirectory}",
                $"--log-ddl-recovery={bench.RunDirectory}/ddl",
            ],
            default);
        await using (var connection = await ConnectAsync(server))
            await work(connection);
        await server.ShutdownAsync(default);
        Assert.DoesNotContain("[ERROR]", server.LogTail, StringComparison.Ordinal);
        Assert.DoesNotContain("[Warning] InnoDB", server.LogTail, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => temporary.DisposeAsync();

    static Task<IServer> StartAsync(IWorkbench bench, string? initial = null) => bench.StartServerAsync(
        [
            "--innodb-log-file-size=4M", "--innodb-buffer-pool-size=128M", "--performance-schema=off", "--innodb-stats-persistent=0", "--innodb-purge-threads=1",
            "--innodb-fast-shutdown=0", "--innodb-buffer-pool-dump-at-shutdown=0", "--innodb-ft-cache-size=80000000", "--skip-log-bin", "--local-infile=1",
        ],
        default,
        initial);

    static Task<ServerConnection> ConnectAsync(IServer server) => ServerConnection.ConnectAsync(server.Endpoint, Builder.User, Builder.Password, default);

    static async Task LoadAsync(IServer server, IReadOnlyList<Load> loads)
    {
        await using var connection = await ServerConnection.ConnectAsync(server.Endpoint, Builder.User, Builder.Password, default, localFiles: true);
        await connection.ExecuteAsync($"{Clock}, unique_checks=0, foreign_key_checks=0", default);
        await connection.ExecuteAsync("USE d", default); // the tables of numbers need one
        foreach (var load in loads)
        {
            if (load.Columns is { } columns)
                await connection.LoadLocalAsync($"LOAD DATA LOCAL INFILE 'x' INTO TABLE {load.Table} CHARACTER SET utf8mb4 {columns}", Lines(), default);
            else
                await connection.ExecuteAsync($"INSERT INTO {load.Table} {load.Select}", default);
        }
    }

    /// <summary>A number and a text a line.</summary>
    static async IAsyncEnumerable<ReadOnlyMemory<byte>> Lines()
    {
        for (var i = 0; i < Rows; i += 1000)
        {
            await Task.Yield();
            yield return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(i, 1000).Select(
                n => string.Create(CultureInfo.InvariantCulture, $"{n}\ttext {n * 7919 % 100_003}, {new string('é', n % 40)}\n"))));
        }
    }

    static void Copy(string from, string to)
    {
        System.IO.Directory.CreateDirectory(to);
        foreach (var directory in System.IO.Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            System.IO.Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        foreach (var file in System.IO.Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
    }
}

/// <summary>How the rows of a table come: LOAD DATA with these columns, or INSERT … SELECT.</summary>
sealed record Load(string Table, string? Columns, string? Select = null);
