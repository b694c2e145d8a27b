using System.Diagnostics;
using System.Globalization;
using Stillframe.Benchmarks.Frames;
using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;

namespace Stillframe.Benchmarks.Others;

/// <summary>
/// How fast a dump gets into a server: <c>load [MB]</c>, or <c>load FILE</c>. The bulk loader, its statements one after the other, and the
/// server's own client feeding a default server; the last is what the ratios are to.
/// </summary>
static class LoadBenchmark
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var directory = TemporaryDirectory.Create();
        var file = arguments.Length > 0 && File.Exists(arguments[0]) ? arguments[0] : Path.Combine(directory.Path, "bench.sql");
        if (!File.Exists(file))
            await GeneratedDump.WriteAsync(file, (arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 300) * 1_000_000L);
        var megabytes = new FileInfo(file).Length / 1e6;
        Console.WriteLine($"{megabytes:N0} MB");

        var bulk = await MeasureAsync(LoadServer.Options(new FileInfo(file).Length), (bench, token) => bench.BulkAsync(file, token));
        Report("bulk load", megabytes, bulk, null);
        var plain = await MeasureAsync(LoadServer.Options(new FileInfo(file).Length), (bench, token) => bench.PlainAsync(file, token));
        Report("statement by statement", megabytes, plain, bulk);
        var client = await MeasureAsync([], (bench, _) => bench.ClientAsync(file));
        Report("default server, its own client", megabytes, client, bulk);
        return 0;
    }

    static void Report(string what, double megabytes, Measurement measured, Measurement? bulk) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-32} {measured.Wall.TotalSeconds,7:0.0} s {megabytes / measured.Wall.TotalSeconds,7:0} MB/s, server {measured.Server.TotalSeconds,6:0.0} s, this process {measured.Own.TotalSeconds,5:0.0} s of processor time{(bulk is null ? "" : $"; bulk load is {measured.Wall / bulk.Wall:0.0} times faster, {measured.Server / bulk.Server:0.0} times by the server's time")}"));

    static async Task<Measurement> MeasureAsync(IReadOnlyList<string> options, Func<Bench, CancellationToken, Task> load)
    {
        var engine = await EngineSelector.SelectAsync(new EngineOptions(EngineKind.Local, null, null, "unused"), SilentReporter.Instance, default);
        await using var sandbox = await engine.OpenAsync(SilentReporter.Instance, default);
        var accounts = ServerAccounts.Random([Bench.Schema]);
        await SystemTables.CreateAsync(sandbox, [], default);
        await using var server = await sandbox.StartServerAsync(options, default, accounts.Sql());
        var bench = new Bench(sandbox, server, accounts);
        await bench.CreateSchemaAsync();
        using var own = Process.GetCurrentProcess();
        var (clock, before, serverBefore) = (Stopwatch.StartNew(), own.TotalProcessorTime, bench.ServerTime());
        await load(bench, CancellationToken.None);
        own.Refresh();
        return new(clock.Elapsed, bench.ServerTime() - serverBefore, own.TotalProcessorTime - before);
    }

    sealed record Measurement(TimeSpan Wall, TimeSpan Server, TimeSpan Own);

    sealed class Bench(ISandbox sandbox, IServer server, ServerAccounts accounts)
    {
        public const string Schema = "bench";

        string Socket => ((ServerEndpoint.UnixSocket)server.Endpoint).Path;

        public async Task CreateSchemaAsync()
        {
            await using var connection = await ServerConnection.ConnectAsync(server.Endpoint, accounts.Builder.User, accounts.Builder.Password, default);
            await connection.ExecuteAsync($"CREATE DATABASE {Schema}", default);
        }

        public Task BulkAsync(string file, CancellationToken cancellationToken) => new BulkLoader(Session, null, SilentReporter.Instance).LoadAsync(
            [file], new() { DefaultSchema = Schema }, new(TableJobs.DefaultWorkers), cancellationToken);

        public async Task PlainAsync(string file, CancellationToken cancellationToken)
        {
            await using var session = Session();
            await DumpLoader.LoadAsync(session, [file], new() { DefaultSchema = Schema }, null, cancellationToken);
        }

        public async Task ClientAsync(string file)
        {
            using var client = Process.Start(new ProcessStartInfo("sh") { ArgumentList = { "-c", $"exec mariadb --no-defaults --socket={Socket} --user={accounts.Builder.User} --password={accounts.Builder.Password} {Schema} < '{file}'" } })!;
            await client.WaitForExitAsync();
            if (client.ExitCode != 0)
                throw new InvalidOperationException($"The client ended with {client.ExitCode}.");
        }

        /// <summary>Processor time of the process that has the server's pid file.</summary>
        public TimeSpan ServerTime()
        {
            var pid = int.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(Socket)!, "mysqld.pid")), CultureInfo.InvariantCulture);
            using var process = Process.GetProcessById(pid);
            return process.TotalProcessorTime;
        }

        LoadSession Session() => new(server, sandbox.Release, accounts, DateTimeOffset.UtcNow);
    }
}
