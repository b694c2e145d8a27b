using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Engines;

/// <summary>A machine whose docker answers, but has nowhere to pull an image from.</summary>
public sealed class AnEngineWithoutItsImage : IDisposable
{
    readonly FrameWorkshop workshop = new();

    [NeedsFact(Need.LocalServer)]
    public async Task Is_passed_over_with_a_warning()
    {
        var result = await OpenAsync("");

        Assert.Contains("SF2012: The frame is made with MariaDB", result.Output, StringComparison.Ordinal);
        Assert.Contains("instead of 'docker.io/library/mariadb:11.8', which is not available", result.Output, StringComparison.Ordinal);
        Assert.Contains("no route to anywhere", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Does_not_change_the_release_that_a_previous_frame_has()
    {
        var result = await OpenAsync("11.99.3-MariaDB-ubu2404");

        Assert.Contains("SF2013: The previous frame is served by '11.99.3-MariaDB-ubu2404'", result.Output, StringComparison.Ordinal);
        Assert.Contains("DatabaseBaseImage=self", result.Output, StringComparison.Ordinal);
    }

    async Task<ProcessResult> OpenAsync(string previous)
    {
        var bin = Directory.CreateDirectory(workshop.PathOf("bin")).FullName;
        var docker = workshop.Dump("bin/docker", """
            #!/bin/sh
            case "$1" in
              version) echo linux ;;
              pull) echo "no route to anywhere" >&2; exit 1 ;;
              *) exit 1 ;;
            esac
            """);
        File.SetUnixFileMode(docker, (UnixFileMode)0b111_101_101);
        return await Command.RunAsync(
            ChildProcess.Find("dotnet")!,
            [typeof(EngineChild).Assembly.Location, EngineChild.OpenWord, previous, workshop.PathOf("cache"), workshop.PathOf("work")],
            environment: new Dictionary<string, string?> { ["PATH"] = bin + ":" + Environment.GetEnvironmentVariable("PATH") });
    }

    public void Dispose() => workshop.Dispose();
}
