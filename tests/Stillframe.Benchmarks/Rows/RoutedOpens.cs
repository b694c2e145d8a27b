using System.Data.Common;
using System.Diagnostics;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;
using Stillframe.Client;
using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Masters;
using Stillframe.Verification;

namespace Stillframe.Benchmarks.Rows;

/// <summary>What a service pays for opens by a <see cref="FrameDataSource"/>, over those of the provider, whose pool has the connection.</summary>
sealed class RoutedOpens : IRow
{
    const int Opens = 50, Batches = 300; // many and short: some of them nothing else disturbs

    static readonly Line Plain = new("an open of the frame: what routing adds", null, "µs", new Target.Under(20));
    static readonly Line WithPosition = new("an open with a position: what routing adds", "a query of one row", "µs", new Target.Share(1.5));

    public string Name => "routing";

    public IReadOnlyList<Line> Lines => [Plain, WithPosition];

    public IReadOnlyList<string> Needs => [Programs.Server, Programs.Install, Programs.Client];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var (data, dump) = (bench.PathOf("routed"), bench.PathOf("routed.dump"));
        await using var master = await BenchMaster.StartAsync(data, await bench.DumpAsync(1, 1), [], cancellationToken);
        await master.ExecuteAsync($"CREATE TABLE {BenchMaster.Schema}.written (id INT PRIMARY KEY) ENGINE=InnoDB", cancellationToken);
        await master.DumpAsync(dump, new MasterDumpOptions(), cancellationToken);
        var build = await FrameBuilds.BuildAsync(bench.Builds.Request(dump), cancellationToken);
        await using var stage = await FrameStages.CreateAsync(await ImageLayout.ReadAsync(build.Frame.LayoutDirectory, cancellationToken: cancellationToken), build.Frame.Engine, null, SilentReporter.Instance, cancellationToken);
        await using var frame = await stage.StartAsync(FrameStart.Production with { Port = Ports.Free() }, cancellationToken);
        var address = $"Server=127.0.0.1;Port={((ServerEndpoint.Tcp)frame.Endpoint).Port};User ID={FrameBuilds.Reader.User};Database={BenchMaster.Schema}";
        await using var provider = Provider.CreateDataSource(address);
        await using var source = new FrameDataSource(Provider.CreateDataSource(address), Provider.CreateDataSource(address));
        var position = (await source.ReadImageAsync(cancellationToken))!.Position ?? throw new InvalidOperationException("The frame has no position.");

        List<double> alone = [], plain = [], fresh = [], query = [];
        await using var connection = await provider.OpenConnectionAsync(cancellationToken);
        for (var batch = -3; batch < Batches; batch++) // the first compile the code and fill the pools
        {
            var a = await EachAsync(() => provider.OpenConnectionAsync(cancellationToken));
            var b = await EachAsync(() => source.OpenConnectionAsync(cancellationToken));
            var c = await EachAsync(() => source.OpenAsync(position, cancellationToken));
            var d = await QueryAsync(connection, cancellationToken);
            if (batch >= 0)
                new[] { alone, plain, fresh, query }.Zip([a, b, c, d]).ToList().ForEach(one => one.First.Add(one.Second));
        }

        DirectoryTree.TryDelete(data);
        var theirs = Undisturbed(alone);
        return
        [
            Plain.Measured(Math.Max(0, Undisturbed(plain) - theirs), null, FormattableString.Invariant($"the provider's own open of a pooled connection takes {theirs:0.0} µs, ours {Undisturbed(plain):0.0}")),
            WithPosition.Measured(Undisturbed(fresh) - theirs, Undisturbed(query), "the frame is asked on each connection"),
        ];
    }

    static DbProviderFactory Provider =>
#if MYSQL_CONNECTOR
        MySqlConnector.MySqlConnectorFactory.Instance;
#else
        MySql.Data.MySqlClient.MySqlClientFactory.Instance;
#endif

    /// <summary>A tenth of the batches took less.</summary>
    static double Undisturbed(List<double> batches) => batches.Order().ElementAt(batches.Count / 10);

    /// <returns>Microseconds of an open and the way back to the pool.</returns>
    static async Task<double> EachAsync(Func<ValueTask<DbConnection>> open)
    {
        var clock = Stopwatch.StartNew();
        for (var time = 0; time < Opens; time++)
            await (await open()).DisposeAsync();
        return clock.Elapsed.TotalMicroseconds / Opens;
    }

    static async Task<double> QueryAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        for (var time = 0; time < Opens; time++)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT gtid FROM stillframe.image";
            await command.ExecuteScalarAsync(cancellationToken);
        }

        return clock.Elapsed.TotalMicroseconds / Opens;
    }
}
