using System.Text.Json;
using Stillframe.Destinations;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Frames;

/// <summary>What an engine finds when it asks a frame for its health, as production runs it and without a network.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class FrameHealth : IDisposable
{
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(300); // each look is a process

    const string Dump = "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB;\nINSERT INTO t VALUES (1);\n";

    static readonly string[] Production =
        ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--network", "none", "--tmpfs", "/run/mysqld", "--tmpfs", "/tmp"];

    readonly FrameWorkshop workshop = new();

    /// <summary>The engine's own base image, or <c>self</c>.</summary>
    public static TheoryData<EngineKind> Bases => Bench.OneOf(EngineKind.Docker, EngineKind.Embedded, EngineKind.Local);

    [NeedsTheory(Need.Docker)]
    [MemberData(nameof(Bases))]
    public async Task Is_good_while_the_server_answers_and_only_then(EngineKind kind)
    {
        var name = $"stillframe-health-{Guid.NewGuid():n}";
        var check = await LoadAsync(kind, name);
        try
        {
            await DockerAsync(["run", "--detach", "--name", name, .. Production, name]);
            await Eventually.IsTrueAsync(
                async () => await DockerAsync(["inspect", "--format", "{{.State.Health.Status}}", name]) == "healthy",
                () => $"The frame does not become healthy: {Command.RunAsync("docker", ["inspect", "--format", "{{json .State}}", name]).Result.Output}",
                Glance);
            Assert.Equal(0, await AskAsync("exec", name, check));
            if (kind == EngineKind.Docker) // the tests' base image has a file there, which a frame hides
                Assert.DoesNotContain("hidden", await DockerAsync("exec", name, "/bin/ls", "/var/lib/mysql"), StringComparison.Ordinal);
            Assert.DoesNotContain("[Warning] A", (await Command.RunAsync("docker", ["logs", name])).AllOutput, StringComparison.Ordinal); // aborted, access denied

            await DockerAsync("kill", "--signal", "STOP", name); // it hangs: its socket takes connections
            Assert.NotEqual(0, await AskAsync("exec", name, check));
            await DockerAsync("rm", "--force", name);
            Assert.NotEqual(0, await AskAsync("run", name, check)); // no server
        }
        finally
        {
            await Command.RunAsync("docker", ["rm", "--force", name]);
            await Command.RunAsync("docker", ["rmi", "--force", name]);
        }
    }

    [Trait(Soaking.Category, Soaking.Only)]
    [NeedsFact(Need.Docker)]
    public async Task Is_not_asked_for_where_the_base_image_can_not_tell()
    {
        await using var image = await ChangedImage.MakeAsync("no-admin", ["sh", "-c", "rm /usr/bin/mariadb-admin"]);
        var said = new Listener();

        var config = await ConfigAsync(await BuildAsync(EngineKind.Docker, image.Name, said));

        Assert.False(config.HasHealthCheck);
        Assert.Contains(said.Messages, text => text.StartsWith("The frame has no health check: there is no 'mariadb-admin' beside the server", StringComparison.Ordinal));
    }

    /// <summary>The frame as an image of the local engine; the check that it declares.</summary>
    async Task<string[]> LoadAsync(EngineKind kind, string name)
    {
        var frame = await BuildAsync(kind, null, SilentReporter.Instance);
        var image = await ImageLayout.ReadAsync(frame.LayoutDirectory);
        await new EngineDestination("docker", Reference.Of(Reference.DockerHub, name)).DeliverAsync(image, ["latest"], SilentReporter.Instance, CancellationToken.None);
        var words = JsonSerializer.Deserialize<string[]>(await DockerAsync("image", "inspect", "--format", "{{json .Config.Healthcheck.Test}}", name))!;
        Assert.Equal("CMD", words[0]); // no shell
        return words[1..];
    }

    Task<FrameBuild> BuildAsync(EngineKind kind, string? baseImage, IReporter reporter)
    {
        var request = workshop.Request([workshop.Dump("d.sql", Dump)], kind);
        var options = Bench.Options(kind, workshop.PathOf("work"));
        return FrameBuilder.BuildAsync(request with { Engine = options with { BaseImage = baseImage ?? options.BaseImage } }, reporter, CancellationToken.None);
    }

    static async Task<ImageConfig> ConfigAsync(FrameBuild frame) =>
        await (await ImageLayout.ReadAsync(frame.LayoutDirectory)).ReadConfigAsync(CancellationToken.None);

    /// <summary>The exit code of the check in the running container, or in a new one without a server.</summary>
    static async Task<int> AskAsync(string verb, string name, string[] check) => (await Command.RunAsync(
        "docker",
        verb == "exec" ? ["exec", name, .. check] : ["run", "--rm", .. Production, "--entrypoint", check[0], name, .. check[1..]])).ExitCode;

    static async Task<string> DockerAsync(params string[] arguments) => (await Command.SucceedAsync("docker", arguments)).Trim();

    public void Dispose() => workshop.Dispose();
}
