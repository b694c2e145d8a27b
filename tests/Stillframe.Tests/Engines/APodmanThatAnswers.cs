using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.Tests.Engines;

/// <summary>What it can really do is found by running a container; a script stands in for the program.</summary>
public sealed class APodmanThatAnswers : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task And_runs_a_container_works()
    {
        var podman = Podman("exit 0");

        Assert.Null(await podman.WhyNotRunAsync(default));
        Assert.Empty(await podman.RunOptionsAsync(default));
    }

    [Fact]
    public async Task And_runs_containers_with_runc_alone_is_used_with_it()
    {
        var podman = Podman("""if [ "$1 $2" != "--runtime runc" ]; then echo "Error: crun: cgroups in hybrid mode not supported" >&2; exit 126; fi""");

        Assert.Null(await podman.WhyNotRunAsync(default));
        Assert.Equal(["--runtime", "runc"], await podman.RunOptionsAsync(default));
    }

    [Fact]
    public async Task And_runs_no_container_says_why_in_its_own_words()
    {
        var podman = Podman("""if [ "$1" = --runtime ]; then echo "Error: no runc" >&2; else echo "Error: no crun" >&2; fi; exit 126""");

        var reason = await podman.WhyNotRunAsync(default);
        Assert.EndsWith("podman engine answers, but can't run a container: Error: no crun", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_given_a_program_that_ends_well_and_keeps_nothing_of_it()
    {
        var podman = Podman("exit 0");
        await podman.WhyNotRunAsync(default);

        var extracted = await ChildProcess.RunAsync("tar", ["-xf", Path.Combine(directory.Path, "image.tar"), "-C", directory.Path]);
        Assert.Equal(0, extracted.ExitCode);
        Assert.Equal(0, (await ChildProcess.RunAsync(Path.Combine(directory.Path, "nothing"), [])).ExitCode);
        Assert.Equal("rmi --force sha256:1234", (await File.ReadAllLinesAsync(Path.Combine(directory.Path, "calls")))[^1]);
    }

    /// <param name="run">What it does when it is to run a container.</param>
    ContainerCommand Podman(string run)
    {
        var path = Path.Combine(directory.Path, "podman");
        File.WriteAllText(path, $"""
            #!/bin/sh
            echo "$@" >> {directory.Path}/calls
            case "$1" in
              import) cat > {directory.Path}/image.tar; echo sha256:1234; exit 0;;
              rmi) exit 0;;
            esac
            {run}

            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        return new(path);
    }
}
