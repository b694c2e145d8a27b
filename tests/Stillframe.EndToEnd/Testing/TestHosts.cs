using System.Diagnostics;
using System.Globalization;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Testing;

/// <summary>Processes that run tests, and what is left of them.</summary>
[Collection(TestsWithAFrame.Name)]
public sealed class TestHosts(TestedFrame tested)
{
    public static TheoryData<string> Engines => TestedFrame.Engines;

    [NeedsTheory(Need.LocalServer)]
    [MemberData(nameof(Engines))]
    public async Task That_are_killed_leave_nothing(string engine)
    {
        using var home = TemporaryDirectory.Create();
        using var host = Process.Start(new ProcessStartInfo("dotnet", [typeof(TestHosts).Assembly.Location, TestHostChild.Name, tested.Layout, engine, "hold"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["XDG_CACHE_HOME"] = home.Path, ["DatabaseReaderPassword"] = FrameWorkshop.Reader.Password },
        })!;
        var line = "";
        while (line is not null && !line.StartsWith(TestHostChild.Started, StringComparison.Ordinal))
            line = await host.StandardOutput.ReadLineAsync();
        Assert.Equal($"{TestHostChild.Started} 5 3", line);
        Assert.NotEmpty(await TracesAsync(engine, host.Id, home.Path));

        host.Kill();
        await host.WaitForExitAsync();

        IReadOnlyList<string> traces = [];
        await Eventually.IsTrueAsync(async () => (traces = await TracesAsync(engine, host.Id, home.Path)).Count == 0, () => $"Still there: {string.Join(" | ", traces)}");
    }

    /// <summary>Where no mount takes the path, as where a machine gives none to anybody.</summary>
    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer)]
    public async Task That_can_lay_nothing_over_a_frame_copy_it()
    {
        using var home = TemporaryDirectory.Create();
        var output = await Command.SucceedAsync(
            "dotnet", [typeof(TestHosts).Assembly.Location, TestHostChild.Name, tested.Layout, "embedded"], null, new Dictionary<string, string?> { ["XDG_CACHE_HOME"] = Path.Combine(home.Path, "a,b"), ["DatabaseReaderPassword"] = FrameWorkshop.Reader.Password });

        Assert.Contains("Each scratch copy is a copy of the whole frame", output, StringComparison.Ordinal);
        Assert.Contains($"{TestHostChild.Started} 5 3", output, StringComparison.Ordinal);
        await IsEmptyAsync(Path.Combine(home.Path, "a,b", Product.Name, "scratch"));
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.LocalServer, Need.OrdinaryUser)]
    public async Task Of_ordinary_users_need_no_rights()
    {
        using var user = await OrdinaryUser.CreateAsync();
        var layout = Path.Combine(user.Home, "layout");
        await Command.SucceedAsync("cp", ["-rL", tested.Layout, layout]);
        await Command.SucceedAsync("chmod", ["-R", "a+rX", layout]);

        var output = await user.SucceedAsync([TestHostChild.Name, layout, "embedded"]);

        Assert.Contains($"{TestHostChild.Started} 5 3", output, StringComparison.Ordinal);
        await IsEmptyAsync(Path.Combine(user.Home, ".cache", Product.Name, "scratch"));
    }

    /// <summary>Soon after the end of a process: what removes its last traces outlives it.</summary>
    static Task IsEmptyAsync(string directory) => Eventually.IsTrueAsync(
        () => !Directory.EnumerateFileSystemEntries(directory).Any(), () => $"Still there: {string.Join(" | ", Directory.EnumerateFileSystemEntries(directory))}");

    /// <summary>Processes, mounts and directories by the name of the host's temporary directories; containers by theirs.</summary>
    static async Task<IReadOnlyList<string>> TracesAsync(string engine, int host, string home)
    {
        if (engine != "embedded")
        {
            // with the shells that remove them, the last of which may be for a container that was asked for just before the end
            var containers = string.Create(CultureInfo.InvariantCulture, $"{Product.Name}-stage-{host}-");
            return [.. Bench.ProcessesWith(containers), .. (await Command.SucceedAsync(engine, ["ps", "-a", "--filter", $"name={containers}", "--format", "{{.Names}}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"sf-{host}.");
        var scratch = Path.Combine(home, Product.Name, "scratch");
        return
        [
            .. Bench.ProcessesWith(name).Where(line => !line.Contains("/bin/sh -c tries", StringComparison.Ordinal)),
            .. (await File.ReadAllLinesAsync("/proc/mounts")).Where(line => line.Contains(name, StringComparison.Ordinal)),
            .. Directory.EnumerateFileSystemEntries("/tmp", name + "*"),
            .. Directory.Exists(scratch) ? Directory.EnumerateFileSystemEntries(scratch) : [],
        ];
    }
}
