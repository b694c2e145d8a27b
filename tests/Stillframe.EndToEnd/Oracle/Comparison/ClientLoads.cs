using System.Diagnostics.CodeAnalysis;
using Stillframe.Connections;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Oracle.Comparison;

/// <summary>What a person would do with a dump: the server's own client, into a server with everyday settings.</summary>
sealed class ClientLoads : IAsyncDisposable
{
    /// <summary>Accounts that generated dumps name as definers: views of unknown ones could not be read.</summary>
    static readonly string[] Definers = ["'app'@'%'", "'root'@'%'", "'odd`name'@'10.0.%'", "'admin'@'localhost'"];

    /// <summary>The reasons are those of a server that nobody waits for: what it does must not survive a crash.</summary>
    static readonly string[] Options = ["--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite", "--innodb-flush-method=nosync", "--character-set-server=utf8mb4"];

    static readonly HashSet<string> Own = ["information_schema", "performance_schema", "mysql", "sys"];

    readonly TemporaryDirectory directory;

    readonly IReadOnlyList<string> more;

    ClientLoads(TemporaryDirectory directory, OracleServer server, IReadOnlyList<string> more) => (this.directory, Server, this.more) = (directory, server, more);

    public OracleServer Server { get; private set; }

    /// <param name="withBinaryLog">For dumps that tell a position in it.</param>
    /// <param name="options">Of the server.</param>
    public static async Task<ClientLoads> StartAsync(string workDirectory, bool withBinaryLog = false, params IEnumerable<string> options)
    {
        var directory = TemporaryDirectory.Create(workDirectory);
        try
        {
            await OracleServer.MakeDataAsync(directory.Path);
            string[] more = [withBinaryLog ? $"--log-bin={directory.Path}/log" : "--skip-log-bin", .. options];
            var loads = new ClientLoads(directory, await StartServerAsync(directory, more), more);
            await using var connection = await loads.Server.ConnectAsync();
            foreach (var definer in Definers)
            {
                await connection.ExecuteAsync($"CREATE USER {definer}", default);
                await connection.ExecuteAsync($"GRANT ALL ON *.* TO {definer}", default);
            }

            return loads;
        }
        catch
        {
            await directory.DisposeAsync();
            throw;
        }
    }

    /// <summary>Counters of InnoDB that are only in memory are forgotten, as in a frame.</summary>
    public async Task RestartAsync()
    {
        await Server.ShutdownAsync();
        await Server.DisposeAsync();
        Server = await StartServerAsync(directory, more);
    }

    /// <returns>What the client had to say where it failed; null where all went well.</returns>
    public async Task<string?> LoadAsync(IReadOnlyList<DumpFileOnDisk> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            if (file.Schema is { } schema)
            {
                await using var connection = await Server.ConnectAsync();
                await connection.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Sql.Identifier(schema)}", cancellationToken);
            }

            var result = await ChildProcess.RunAsync(
                "mariadb",
                ["--no-defaults", $"--socket={Server.Socket}", "--user=root", "--default-character-set=utf8mb4", "--comments", "--batch", "--max-allowed-packet=1G", .. file.Schema is null ? [] : new[] { file.Schema }],
                new()
                {
                    Input = async (stream, token) =>
                    {
                        await using var content = File.OpenRead(file.Path);
                        await content.CopyToAsync(stream, token);
                    },
                    Output = (stream, token) => stream.CopyToAsync(Stream.Null, token),
                    Environment = new Dictionary<string, string?> { ["TZ"] = "UTC", ["HOME"] = "/nonexistent" },
                },
                cancellationToken);
            if (result.ExitCode != 0)
                return result.Error.Trim() is { Length: > 0 } said ? said : $"exit code {result.ExitCode}";
        }

        return null;
    }

    public async Task<IReadOnlyList<string>> SchemasAsync()
    {
        await using var connection = await Server.ConnectAsync();
        return [.. (await connection.QueryAsync("SHOW DATABASES", default)).Select(row => row[0]!).Where(name => !Own.Contains(name))];
    }

    public async Task DropAllAsync()
    {
        await using var connection = await Server.ConnectAsync();
        await connection.ExecuteAsync("SET foreign_key_checks = 0", default);
        foreach (var schema in await SchemasAsync())
            await connection.ExecuteAsync($"DROP DATABASE {Sql.Identifier(schema)}", default);
    }

    [SuppressMessage("Usage", "CA2213", Justification = "Server is disposed of")]
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await directory.DisposeAsync();
    }

    static Task<OracleServer> StartServerAsync(TemporaryDirectory directory, IEnumerable<string> more) =>
        OracleServer.StartAsync([$"--datadir={directory.Path}/data", .. Options, .. more, "--log-bin-trust-function-creators=1", .. OracleServer.Small], default);
}

/// <param name="Schema">Which schema a person would name to the client; null for a dump that says it itself.</param>
sealed record DumpFileOnDisk(string Path, string? Schema);
