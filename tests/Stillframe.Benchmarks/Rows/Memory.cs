using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Memory that containers side by side take, once each has read all of its data.</summary>
sealed class Memory : IRow
{
    static readonly Line Side = new("containers of one frame on one host, memory", "as many default servers on volumes", "MB", new Target.Share(0.6));

    public string Name => "memory";

    public IReadOnlyList<Line> Lines => [Side];

    public IReadOnlyList<string> Needs => [Programs.Docker, Programs.Server];

    /// <param name="Host">What the machine has less of free memory, page cache included.</param>
    /// <param name="Shares">Sum of the processes' proportional shares; null where they can't be read.</param>
    /// <param name="Groups">Sum of what the control groups are charged with.</param>
    internal sealed record Use(double Host, double? Shares, double? Groups);

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var build = await bench.CleanBuildAsync(await bench.DumpAsync(bench.Sizes.Small, tables: 4));
        var count = bench.Sizes.Containers;
        Use ours, theirs;
        await using (var image = await FrameImage.LoadAsync(build.Frame.LayoutDirectory, cancellationToken))
            ours = await UseAsync(count, _ => image.StartAsync(cancellationToken), cancellationToken);

        var directory = bench.PathOf("volumes");
        var data = await WritableData.CreateAsync(build.Frame.LayoutDirectory, directory, cancellationToken);
        var volumes = new List<DataVolume>();
        try
        {
            for (var i = 0; i < count; i++)
                volumes.Add(await DataVolume.CreateAsync(data, cancellationToken));
            Directory.Delete(directory, recursive: true);
            theirs = await UseAsync(count, i => DefaultServer.StartAsync(volumes[i], [], cancellationToken), cancellationToken);
        }
        finally
        {
            foreach (var volume in volumes)
                await volume.DisposeAsync();
        }

        var (a, b) = ours.Groups is null || theirs.Groups is null ? (ours.Host, theirs.Host) : (ours.Groups.Value, theirs.Groups.Value);
        return [(Side with { What = $"{count} {Side.What}" }).Measured(a, b, Note(ours, theirs))];
    }

    internal static async Task<Use> UseAsync(int count, Func<int, Task<ServerContainer>> start, CancellationToken cancellationToken)
    {
        await HostMemory.ForgetCachesAsync(cancellationToken);
        var before = HostMemory.Used();
        var containers = new List<ServerContainer>();
        try
        {
            for (var i = 0; i < count; i++)
                containers.Add(await start(i));
            foreach (var container in containers)
                await ReadAllAsync(container, cancellationToken);
            var host = HostMemory.Used() - before;
            var processes = await Task.WhenAll(containers.Select(container => container.ProcessIdAsync(cancellationToken)));
            return new(host, Sum(processes, HostMemory.ProportionalShare), Sum(processes, HostMemory.ControlGroup));
        }
        finally
        {
            foreach (var container in containers)
                await container.DisposeAsync();
        }
    }

    static async Task ReadAllAsync(ServerContainer container, CancellationToken cancellationToken)
    {
        await using var connection = await container.ConnectAsync(FrameBuilds.Reader.User, cancellationToken);
        foreach (var table in await connection.QueryAsync("SELECT table_name FROM information_schema.tables WHERE table_schema = 'bench'", cancellationToken))
        {
            await connection.ScalarAsync($"SELECT SUM(LENGTH(name)) + SUM(value) FROM bench.{table[0]}", cancellationToken);
            await connection.ScalarAsync($"SELECT COUNT(*) FROM bench.{table[0]} FORCE INDEX (place) WHERE place >= 0", cancellationToken);
        }
    }

    static double? Sum(IEnumerable<int> processes, Func<int, double?> of) =>
        processes.Aggregate((double?)0, (sum, process) => sum + of(process));

    // a host's free memory moves with whatever else it does; control groups say what these containers cause
    internal static string Note(Use ours, Use theirs)
    {
        string Pair(double? a, double? b) => a is null || b is null ? "unknown" : FormattableString.Invariant($"{a:0} against {b:0} MB ({a / b:0.00} ×)");
        return $"after each has read everything once; charged to their control groups, each page of the page cache once: {Pair(ours.Groups, theirs.Groups)}; "
            + $"processes alone (sum of PSS): {Pair(ours.Shares, theirs.Shares)}; what the host has less of free memory: {Pair(ours.Host, theirs.Host)}";
    }
}
