using System.Diagnostics;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;
using Stillframe.Connections;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Replicas that are all started at once: of a frame, and ordinary servers that restore the same dump. Of those there are fewer, since each writes all of it.</summary>
sealed class Replicas : IRow
{
    const string Against = "ordinary servers that restore the dump";

    static readonly Line Answers = new("replicas of a big frame, all started at once, until the last has answered", Against, "s", new Target.TimesLess(10));
    static readonly Line Written = new("bytes written by a replica of a big frame", Against, "MB", new Target.Under(1));
    static readonly Line Held = new("memory of a replica of a big frame", Against, "MB", new Target.Share(0.6));

    public string Name => "replicas";

    public IReadOnlyList<Line> Lines => [Answers, Written, Held];

    public IReadOnlyList<string> Needs => [Programs.Docker, Programs.Server, Programs.Install, Programs.Client];

    /// <param name="Seconds">From the start of all to the first answer of each, in order.</param>
    /// <param name="Megabytes">Written by all until then, into containers and volumes.</param>
    /// <param name="Memory">Megabytes that their control groups are charged with; null where they can't be read.</param>
    sealed record Started(IReadOnlyList<double> Seconds, double Megabytes, double? Memory)
    {
        public string Text => FormattableString.Invariant($"{Seconds.Count} at once, first answer after {Seconds[0]:0.00}, median {Quantity.Median(Seconds):0.00}, last {Seconds[^1]:0.00} s");
    }

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.DumpAsync(bench.Sizes.Big, tables: 4);
        var build = await bench.CleanBuildAsync(dump);
        Started one, ours;
        await using (var image = await FrameImage.LoadAsync(build.Frame.LayoutDirectory, cancellationToken))
        {
            one = await OursAsync(image, 1, cancellationToken);
            ours = await OursAsync(image, bench.Sizes.Replicas, cancellationToken);
        }

        Bench.Say($"{one.Text}; {ours.Text}");
        var theirs = await TheirsAsync(bench, dump, cancellationToken);
        Bench.Say($"restored: {theirs.Text}");
        double Each(Started started, double all) => all / started.Seconds.Count;
        return
        [
            (Answers with { What = $"{ours.Seconds.Count} {Answers.What}", Against = $"{theirs.Seconds.Count} {Against}" }).Measured(
                ours.Seconds[^1], theirs.Seconds[^1], $"a frame: {one.Text}; {ours.Text}; restoring servers: {theirs.Text}"),
            Written.Measured(Each(ours, ours.Megabytes), Each(theirs, theirs.Megabytes), "container and volume; the frame's root was not read-only"),
            ours.Memory is { } a && theirs.Memory is { } b
                ? Held.Measured(Each(ours, a), Each(theirs, b), "charged to the control groups after the first answer, each page of the page cache once, divided by the replicas")
                : Held.NotMeasured("control groups can't be read"),
        ];
    }

    static Task<Started> OursAsync(FrameImage image, int count, CancellationToken cancellationToken) => StartAsync(
        count, _ => image.StartAsync(cancellationToken, readOnly: false), (_, _) => Task.CompletedTask, _ => Task.FromResult(0.0), cancellationToken);

    static async Task<Started> TheirsAsync(Bench bench, BenchDump dump, CancellationToken cancellationToken)
    {
        var volumes = new List<DataVolume>();
        try
        {
            var empty = await EmptyAsync(bench, cancellationToken);
            for (var i = 0; i < bench.Sizes.Restores; i++)
                volumes.Add(await DataVolume.CreateAsync(empty, cancellationToken));
            var before = await Task.WhenAll(volumes.Select(volume => volume.MegabytesAsync(cancellationToken)));
            return await StartAsync(
                volumes.Count,
                i => DefaultServer.StartAsync(volumes[i], [], cancellationToken),
                async (container, connection) =>
                {
                    await connection.ExecuteAsync("CREATE DATABASE bench", cancellationToken);
                    await NativeServer.FeedAsync((ServerEndpoint.Tcp)container.Published, FrameBuilds.Reader.User, "bench", dump.Path, cancellationToken);
                },
                async i => await volumes[i].MegabytesAsync(cancellationToken) - before[i],
                cancellationToken);
        }
        finally
        {
            foreach (var volume in volumes)
                await volume.DisposeAsync();
        }
    }

    /// <summary>A data directory without data, with an account that may do everything: what is not counted.</summary>
    static async Task<string> EmptyAsync(Bench bench, CancellationToken cancellationToken)
    {
        var data = bench.PathOf("empty");
        await NativeServer.InstallAsync(data, cancellationToken);
        await using var server = await NativeServer.StartAsync(data, [], cancellationToken);
        await server.ExecuteAsync($"CREATE USER '{FrameBuilds.Reader.User}'@'%'; GRANT ALL ON *.* TO '{FrameBuilds.Reader.User}'@'%'", cancellationToken);
        await server.StopAsync(cancellationToken);
        return data;
    }

    static async Task<Started> StartAsync(
        int count, Func<int, Task<ServerContainer>> start, Func<ServerContainer, ServerConnection, Task> fill, Func<int, Task<double>> alsoWritten, CancellationToken cancellationToken)
    {
        await HostMemory.ForgetCachesAsync(cancellationToken);
        var containers = new ServerContainer?[count];
        try
        {
            var clock = Stopwatch.StartNew();
            var seconds = await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
            {
                var container = containers[i] = await start(i);
                await using var connection = await container.ConnectAsync(FrameBuilds.Reader.User, cancellationToken);
                await fill(container, connection);
                await connection.ScalarAsync($"SELECT name FROM bench.{GeneratedDump.Table(0)} WHERE id = 47", cancellationToken);
                return clock.Elapsed.TotalSeconds;
            }));
            var (written, memory) = (0.0, (double?)0.0);
            for (var i = 0; i < count; i++)
            {
                written += await containers[i]!.MegabytesWrittenAsync(cancellationToken) + await alsoWritten(i);
                memory += HostMemory.ControlGroup(await containers[i]!.ProcessIdAsync(cancellationToken));
            }

            return new([.. seconds.Order()], written, memory);
        }
        finally
        {
            foreach (var container in containers)
                if (container is not null)
                    await container.DisposeAsync();
        }
    }
}
