using System.Globalization;
using System.Text.RegularExpressions;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Processes;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Samples;

/// <summary>What <c>./build.sh Demo</c> runs, until a refresh and a release of code have been rolled out; then Ctrl+C.</summary>
[Collection("composed")]
[Trait(Soaking.Category, Soaking.Only)] // its parts are tests of their own: publish, refresh, routing, roll-out
public sealed partial class TheDemo(RegistryFixture fixture, ITestOutputHelper output) : IClassFixture<RegistryFixture>, IDisposable
{
    /// <summary>The first release, a refresh, a release of code, and the refresh after it.</summary>
    const int RollOuts = 4;

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    [NeedsFact(Need.Docker, Need.Registry)]
    public async Task Loses_no_request_and_no_change_and_leaves_nothing()
    {
        using var sample = new PublishedSample("Labels", "labels");
        var log = Path.Combine(directory.Path, "log");
        string[] command =
        [
            "dotnet", Path.Combine(AppContext.BaseDirectory, "Demo.dll"), "--registry", fixture.Registry.Host, "--project", Repository.PathOf("src/Samples/Labels"), "--directory", Path.Combine(directory.Path, "demo"),
            "--port", Ports.Free().ToString(CultureInfo.InvariantCulture), "--seconds", "5", .. (await sample.OptionsAsync(fixture.Registry)).Select(option => $"--publish={option}"),
        ];
        Directory.CreateDirectory(Path.Combine(directory.Path, "demo"));
        await using (var demo = SupervisedProcess.Start(
            ["/bin/sh", "-c", "log=$1; shift; exec env DOTNET_CONTAINER_INSECURE_REGISTRIES=$0 \"$@\" >\"$log\" 2>&1", fixture.Registry.Host, log, .. command]))
        {
            await Eventually.IsTrueAsync(
                async () => demo.Exited.IsCompleted || RolledOut().Count(await TextAsync(log)) >= RollOuts, () => TextAsync(log).Result, TimeSpan.FromSeconds(0.5));
            Assert.False(demo.Exited.IsCompleted, await TextAsync(log));
            await demo.SignalAsync("TERM"); // as Ctrl+C, which what a shell starts in the background does not hear
            await demo.Exited.WaitAsync(TimeSpan.FromMinutes(2));
        }

        var text = await TextAsync(log);
        output.WriteLine(text);
        var last = Last().Match(text);
        Assert.True(last.Success, text);
        Assert.True(last.Groups["answers"].Value.Replace(",", "", StringComparison.Ordinal).Length > 3, text);
        Assert.Equal("0", last.Groups["failed"].Value);
        Assert.NotEqual("0", last.Groups["changed"].Value);
        Assert.Equal(last.Groups["changed"].Value, last.Groups["seen"].Value);
        Assert.NotEqual("0", last.Groups["others"].Value);
        Assert.Empty(await Command.SucceedAsync("docker", ["ps", "--all", "--quiet", "--filter", "label=io.stillframe.demo"]));
        Assert.Empty(await Command.SucceedAsync("docker", ["network", "ls", "--quiet", "--filter", "name=stillframe-demo-"]));
        Assert.Empty(await Command.SucceedAsync("docker", ["image", "ls", "--quiet", $"{fixture.Registry.Host}/labels*"]));
    }

    public void Dispose() => directory.Dispose();

    static async Task<string> TextAsync(string file) => File.Exists(file) ? await File.ReadAllTextAsync(file) : "";

    [GeneratedRegex("replicas run service")]
    private static partial Regex RolledOut();

    [GeneratedRegex(@"(?<answers>[\d,]+) answers, (?<failed>[\d,]+) failed; (?<changed>[\d,]+) labels changed, (?<seen>[\d,]+) seen at once by who changed them, (?<others>[\d,]+) seen by others from a frame")]
    private static partial Regex Last();
}
