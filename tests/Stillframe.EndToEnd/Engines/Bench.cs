using System.Text;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Loading;

namespace Stillframe.EndToEnd.Engines;

/// <summary>What the tests of several engines do with a sandbox.</summary>
static class Bench
{
    static readonly SemaphoreSlim preparing = new(1);

    public static string Cache => CacheOfTheRun.Directory;

    public static IReadOnlyList<string> SmallServer { get; } = ["--innodb-buffer-pool-size=32M", "--performance-schema=off", .. LoadServer.ThrowAway];

    /// <summary>The engines that work on this machine.</summary>
    public static TheoryData<EngineKind> Engines => EnginesOf(EngineKind.Docker, EngineKind.Podman, EngineKind.Local, EngineKind.Embedded);

    public static TheoryData<EngineKind> EnginesOf(params EngineKind[] kinds)
    {
        var working = new TheoryData<EngineKind>();
        foreach (var kind in kinds.Where(IsWorking).Where(IsOfThisRun))
            working.Add(kind);
        return working;
    }

    /// <summary>One of those that work, another in another run, for what takes long on each; all in Soak.</summary>
    public static TheoryData<EngineKind> OneOf(params EngineKind[] kinds)
    {
        var working = kinds.Where(IsWorking).ToList();
        var chosen = new TheoryData<EngineKind>();
        foreach (var kind in working.Where((_, i) => Soaking.IsOfThisRun(i, working.Count)))
            chosen.Add(kind);
        return chosen;
    }

    /// <summary>Two engines do nearly the same as another: podman in every other run, and of the two that use this host one in each; all in Soak.</summary>
    static bool IsOfThisRun(EngineKind kind) => Soaking.IsOn || kind switch
    {
        EngineKind.Podman => TestRuns.Seed.Value % 2 == 0 || !IsWorking(EngineKind.Docker),
        EngineKind.Local => TestRuns.Seed.Value % 2 != 0 || !IsWorking(EngineKind.Embedded),
        EngineKind.Embedded => TestRuns.Seed.Value % 2 == 0 || !IsWorking(EngineKind.Local),
        _ => true,
    };

    /// <summary>Whatever this run tests.</summary>
    public static IEnumerable<EngineKind> EnginesThatWork => Enum.GetValues<EngineKind>().Where(kind => kind != EngineKind.Auto && IsWorking(kind));

    static bool IsWorking(EngineKind kind) => kind switch
    {
        EngineKind.Docker => Needs.WhyNot([Need.Docker]) is null,
        EngineKind.Podman => Needs.WhyNot([Need.Docker, Need.Podman]) is null && PodmanForTests.BaseImage is not null,
        EngineKind.Local => Needs.WhyNot([Need.LocalServer]) is null,
        _ => Needs.WhyNot([Need.Apt]) is null,
    };

    public static EngineOptions Options(EngineKind kind, string? work = null) => new(
        kind,
        kind switch { EngineKind.Docker => Needs.BaseImage, EngineKind.Podman => PodmanForTests.BaseImage, _ => null },
        null,
        Cache,
        work);

    public static async Task<ISandbox> OpenAsync(EngineKind kind, string? work = null)
    {
        var engine = await EngineSelector.SelectAsync(Options(kind, work), SilentReporter.Instance, CancellationToken.None);
        return await engine.OpenAsync(SilentReporter.Instance, CancellationToken.None);
    }

    /// <summary>As <see cref="BootstrapAsync"/> leaves it, but taken from an earlier test of the same server's release.</summary>
    public static async Task PrepareAsync(ISandbox bench)
    {
        var kept = Path.Combine(CacheOfTheRun.Directory, "prepared", bench.Release.Text);
        await preparing.WaitAsync();
        try
        {
            if (!Directory.Exists(kept))
            {
                await BootstrapAsync(bench);
                Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
                await Command.SucceedAsync("cp", ["-r", await bench.TakeDataDirectoryAsync(CancellationToken.None), kept]);
                return;
            }
        }
        finally
        {
            preparing.Release();
        }

        await bench.PutDataDirectoryAsync(kept, CancellationToken.None);
    }

    public static async Task BootstrapAsync(ISandbox bench)
    {
        var sql = new MemoryStream();
        sql.Write("create database mysql;\nuse mysql;\n"u8);
        foreach (var name in new[] { "mysql_system_tables.sql", "mysql_performance_tables.sql", "mysql_system_tables_data.sql" })
            sql.Write(await bench.ReadShareFileAsync(name, CancellationToken.None));
        sql.Write("""insert into global_priv values ('%', 'builder', '{"access":0,"plugin":"mysql_native_password"}');"""u8);
        sql.WriteByte((byte)'\n');
        var result = await bench.RunAsync(
            ["--bootstrap"],
            (stream, token) => stream.WriteAsync(sql.ToArray(), token).AsTask(),
            CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.AllOutput);
    }

    /// <summary>The container of a sandbox, or its data directory on this host.</summary>
    public static string PlaceOf(ISandbox bench) => bench is ContainerSandbox container ? container.ContainerName : bench.DataDirectory;

    /// <summary>What a sandbox may leave behind: files in its work directory, processes, its container.</summary>
    public static async Task<IReadOnlyList<string>> TracesAsync(EngineKind kind, string work, string place)
    {
        List<string> traces = [.. Directory.EnumerateFileSystemEntries(work), .. ProcessesWith(work)];
        if (kind is EngineKind.Docker or EngineKind.Podman)
            traces.AddRange(Lines(await Command.SucceedAsync(Program(kind), ["ps", "-a", "--filter", $"name={place}", "--format", "{{.Names}}"])));
        return traces;
    }

    /// <summary>Waits until a sandbox has left nothing, for where nobody is told when the last of it has gone.</summary>
    public static async Task AssertNoTracesLastAsync(EngineKind kind, string work, string place)
    {
        IReadOnlyList<string> traces = [];
        await Eventually.IsTrueAsync(
            async () =>
            {
                TemporaryDirectory.RemoveStale(work); // as the next build does
                return (traces = await TracesAsync(kind, work, place)).Count == 0;
            },
            () => $"Still there: {string.Join(" | ", traces)}");
    }

    /// <summary>SIGKILL to the server alone.</summary>
    public static async Task KillServerAsync(EngineKind kind, string place)
    {
        if (kind is EngineKind.Docker or EngineKind.Podman)
        {
            await Command.SucceedAsync(Program(kind), ["exec", "--user", "mysql", place, "/bin/sh", "-c", "kill -s KILL $(cat /stillframe/run/mysqld.pid)"]);
            return;
        }

        var server = ProcessesWith($"--datadir={place}").Single(line => line.Split(' ')[1] is { } program && (program.Contains("ld-linux", StringComparison.Ordinal) || program.EndsWith("mariadbd", StringComparison.Ordinal)));
        await Command.SucceedAsync("kill", ["-s", "KILL", server.Split(' ')[0]]);
    }

    /// <summary>Command lines that contain a text.</summary>
    public static IEnumerable<string> ProcessesWith(string text)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            string command;
            try
            {
                command = File.ReadAllText(Path.Combine(directory, "cmdline"), Encoding.UTF8).Replace('\0', ' ');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue; // it has just ended
            }

            if (command.Contains(text, StringComparison.Ordinal) && Path.GetFileName(directory) != Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture))
                yield return $"{Path.GetFileName(directory)} {command}";
        }
    }

    static string Program(EngineKind kind) => kind.ToString().ToLowerInvariant();

    static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
