using Stillframe.Benchmarks.Frames;
using Stillframe.Masters;

namespace Stillframe.Benchmarks.Servers;

/// <summary>A master with everyday settings and a binary log of rows, filled with a generated dump.</summary>
sealed class BenchMaster : IAsyncDisposable
{
    public const string Schema = "bench";

    static readonly string[] Filling = ["--innodb-buffer-pool-size=1G", "--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite", "--innodb-log-file-size=512M"];

    readonly NativeServer server;

    BenchMaster(NativeServer server) => this.server = server;

    public string Socket => server.Socket;

    string Address => $"Server={Socket};User ID=root;Database={Schema}";

    /// <param name="dump">Null for an empty schema.</param>
    /// <param name="options">Besides those of the log.</param>
    public static async Task<BenchMaster> StartAsync(string data, BenchDump? dump, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        await NativeServer.InstallAsync(data, cancellationToken);
        await using (var filling = await NativeServer.StartAsync(data, Filling, cancellationToken))
        {
            await filling.ExecuteAsync($"CREATE DATABASE {Schema}", cancellationToken);
            if (dump is not null)
                await filling.FeedAsync(Schema, dump.Path, cancellationToken);
            await filling.StopAsync(cancellationToken);
        }

        return new(await NativeServer.StartAsync(data, [$"--log-bin={data}/log", "--binlog-format=ROW", .. options], cancellationToken));
    }

    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) => server.ExecuteAsync(sql, cancellationToken);

    public Task DumpAsync(string directory, MasterDumpOptions options, CancellationToken cancellationToken) => MasterDump.WriteAsync(Address, directory, options, SilentReporter.Instance, cancellationToken);

    public Task GzippedAsync(string file, CancellationToken cancellationToken) =>
        NativeServer.ShellAsync($"mariadb-dump --no-defaults -uroot -S '{Socket}' --single-transaction {Schema} | gzip > '{file}'", cancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
