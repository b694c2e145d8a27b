using System.Diagnostics;
using System.Globalization;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.Masters;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Masters;

/// <summary>Whatever ends a dump, the previous one is whole, or the new one.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class InterruptedDumps(ChangingMaster master) : IClassFixture<ChangingMaster>, IDisposable
{
    readonly MasterBench bench = new(master.Loads);

    [NeedsFact(Need.LocalServer)]
    public async Task Of_a_server_that_is_killed_leave_the_previous_one()
    {
        await using var mortal = await ClientLoads.StartAsync(bench.Work);
        using var there = new MasterBench(mortal);
        await there.MakeAsync("killed", 20_000);
        await there.DumpAsync("killed", "killed");
        await there.ExecuteAsync("UPDATE killed.a SET v = 1", "UPDATE killed.m SET v = 1", "UPDATE killed.z SET v = 1");
        var before = there.Contents("killed");
        var pid = int.Parse(await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(mortal.Server.Socket)!, "pid")), CultureInfo.InvariantCulture);
        var reporter = new Listener { Heard = text => Do(text, () => Process.GetProcessById(pid).Kill()) };

        var e = await Assert.ThrowsAsync<StillframeException>(() => there.DumpAsync("killed", "killed", new() { Connections = 2 }, reporter));

        Assert.Equal(ErrorCodes.MasterUnreachable, e.Code);
        AssertOnly(there.Work, before, there);
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Whose_connections_are_killed_leave_the_previous_one()
    {
        await bench.MakeAsync("lost");
        await bench.DumpAsync("lost", "lost");
        await bench.ExecuteAsync("UPDATE lost.a SET v = 1", "UPDATE lost.m SET v = 1");
        var before = bench.Contents("lost");
        var reporter = new Listener { Heard = text => Do(text, () => Task.Run(() => bench.ExecuteAsync("KILL USER root")).ContinueWith(_ => { }, TaskScheduler.Default).Wait()) };

        var e = await Assert.ThrowsAsync<StillframeException>(() => bench.DumpAsync("lost", "lost", reporter: reporter));

        Assert.Equal(ErrorCodes.MasterUnreachable, e.Code);
        AssertOnly(bench.Work, before, bench);
    }

    [NeedsFact(Need.LocalServer, Need.Root)]
    public async Task On_a_full_disk_leave_the_previous_one()
    {
        await bench.MakeAsync("full");
        await using var disk = await SmallDisk.MountAsync("size=1m");
        var target = Path.Combine(disk.Path, "full");
        var before = await MasterDump.WriteAsync(bench.Address("full"), target, SilentReporter.Instance, default);
        await bench.ExecuteAsync("USE full", "INSERT INTO full.m SELECT seq, 0, SHA2(RAND(4), 512) FROM seq_10000_to_30000");

        var e = await Assert.ThrowsAsync<StillframeException>(() => MasterDump.WriteAsync(bench.Address("full"), target, new() { Connections = 2 }, SilentReporter.Instance, default));

        Assert.Equal(ErrorCodes.WriteFailed, e.Code);
        Assert.Equal([target], disk.Entries);
        Assert.Equal(before.DataVersion, WholeVersion(target, ""));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task That_are_killed_leave_a_whole_one()
    {
        await bench.MakeAsync("child", 10_000);
        var before = await bench.DumpAsync("child", "before");
        var clock = Stopwatch.StartNew();
        await RunAsync("first", null);
        var whole = clock.Elapsed;
        await bench.ExecuteAsync("UPDATE child.a SET v = 1", "UPDATE child.z SET v = 1");
        var after = await bench.DumpAsync("child", "after");
        var random = Seed.Random();
        for (var time = 0; time < Soaking.Times(5, 200); time++)
        {
            DirectoryTree.TryDelete(bench.PathOf("killed"));
            await CopyAsync("before", "killed");
            var killedAfter = whole * (0.2 + 1.1 * random.NextDouble());
            await RunAsync("killed", killedAfter);

            var about = string.Create(CultureInfo.InvariantCulture, $"seed {Seed.Value}, killed after {killedAfter.TotalMilliseconds:0} of {whole.TotalMilliseconds:0} ms");
            Assert.True(WholeVersion(bench.PathOf("killed"), about) is { } version && (version == before.DataVersion || version == after.DataVersion), about);

            var next = await bench.DumpAsync("child", "killed");
            Assert.True(next.DataVersion == after.DataVersion, about);
            Assert.Equal(["after", "before", "first", "killed"], Directory.EnumerateFileSystemEntries(bench.Work).Select(Path.GetFileName).Order());
        }
    }

    public void Dispose() => bench.Dispose();

    static void Do(string text, Action action)
    {
        if (text.StartsWith("Dumped ", StringComparison.Ordinal) && text.Contains(".a:", StringComparison.Ordinal))
            action();
    }

    static void AssertOnly(string work, SortedDictionary<string, string> before, MasterBench bench)
    {
        var left = Path.GetFileName(Assert.Single(Directory.EnumerateDirectories(work), path => File.Exists(Path.Combine(path, DumpManifest.FileName))));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(work, "*.partial", SearchOption.AllDirectories), _ => true);
        Assert.Equal(before, bench.Contents(left));
    }

    /// <summary>Its data version, after the digests of its files were compared.</summary>
    static string WholeVersion(string directory, string about)
    {
        var manifest = DumpDirectory.Find(directory);
        Assert.True(manifest is not null, about);
        Assert.All(manifest.Files, file => Assert.True(Digest.OfFileAsync(Path.Combine(directory, file.Name), default).GetAwaiter().GetResult().Hex == file.Sha256, about));
        Assert.Equal(manifest.Files.Count + 1, Directory.EnumerateFileSystemEntries(directory).Count());
        return manifest.DataVersion;
    }

    async Task CopyAsync(string from, string to)
    {
        Directory.CreateDirectory(bench.PathOf(to));
        foreach (var path in Directory.EnumerateFiles(bench.PathOf(from)))
            await FileLink.CreateAsync(path, Path.Combine(bench.PathOf(to), Path.GetFileName(path)), default);
    }

    /// <summary>To its end where no time is given.</summary>
    async Task RunAsync(string directory, TimeSpan? killAfter)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(DumpChild).Assembly.Location, DumpChild.Name, bench.Address("child"), bench.PathOf(directory)]))!;
        if (killAfter is { } time)
        {
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(time));
            process.Kill();
        }

        await process.WaitForExitAsync();
    }
}

/// <summary>A dump's process, to be killed.</summary>
static class DumpChild
{
    public const string Name = "dump";

    /// <param name="arguments">Connection string, directory.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        await MasterDump.WriteAsync(arguments[0], arguments[1], new() { Connections = 2 }, SilentReporter.Instance, default);
        return 0;
    }
}
