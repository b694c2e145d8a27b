using System.Text.Json;
using Stillframe.Destinations;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Destinations;

public sealed class LoadedImages : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly Reference repository = Reference.Of("localhost", "stillframe-test/loaded-" + Path.GetRandomFileName()[..8]);

    public void Dispose() => directory.Dispose();

    [NeedsFact(Need.Skopeo)]
    public async Task An_archive_is_read_by_skopeo()
    {
        var (image, archive) = await ArchiveAsync("skopeo");

        var inspected = JsonDocument.Parse(await Command.SucceedAsync("skopeo", ["inspect", $"oci-archive:{archive}"])).RootElement;
        Assert.Equal(image.Digest.ToString(), inspected.GetProperty("Digest").GetString());
        await Command.SucceedAsync("skopeo", ["inspect", $"oci-archive:{archive}:1.0"]);
        await Command.SucceedAsync("skopeo", ["inspect", $"docker-archive:{archive}"]);
    }

    [NeedsFact(Need.Docker)]
    public async Task An_archive_is_loaded_and_run_by_docker()
    {
        var (_, archive) = await ArchiveAsync("hello from an archive");

        await Command.SucceedAsync("docker", ["load", "-i", archive]);

        await RunAsync("docker", "hello from an archive");
    }

    [NeedsTheory(Need.Docker)]
    [InlineData("docker")]
    public async Task The_docker_engine_runs_what_it_was_given(string program) => await LoadAsync(program);

    [NeedsTheory(Need.Podman)]
    [InlineData("podman")]
    public async Task The_podman_engine_knows_what_it_was_given(string program) => await LoadAsync(program, run: false);

    [NeedsTheory(Need.Docker)]
    [InlineData("ibdata1", 0)]
    [InlineData("left-over", 1)]
    public async Task What_the_base_has_in_the_data_directory_is_hidden(string file, int exitCode)
    {
        var data = Directory.CreateDirectory(Path.Combine(directory.Path, "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "ibdata1"), "new");
        LayerPlan inBase = new("old", [new LayerEntry.Content("/var/lib/mysql/left-over", [1]), new LayerEntry.Content("/var/lib/mysql/ibdata1", [1])]);
        var layers = await LayerWriter.WriteAllAsync([inBase, .. DataLayers.Plan(data)], directory.Path, new(), SilentReporter.Instance, default);
        var image = ImageAssembler.Assemble(await TestImages.BaseAsync(directory.Path), [.. layers.Select(ImageLayer.Of)], new() { Entrypoint = ["/bin/cat", "/var/lib/mysql/" + file] });
        await new EngineDestination("docker", repository).DeliverAsync(image, ["1.0"], SilentReporter.Instance, default);
        var name = repository.WithTag("1.0").ToString();
        try
        {
            var result = await Command.RunAsync("docker", ["run", "--rm", "--network=none", "--user=999", "--read-only", name]);
            Assert.Equal((exitCode, exitCode == 0 ? "new" : ""), (result.ExitCode, result.Output));
        }
        finally
        {
            await Command.RunAsync("docker", ["rmi", name]);
        }
    }

    [NeedsFact(Need.Docker)]
    public async Task A_broken_image_is_refused_and_named()
    {
        var image = await TestImages.MakeAsync(directory.Path, "broken");
        var broken = image with { Layers = [image.Layers[0], image.Layers[0], image.Layers[2]] };

        var e = await Assert.ThrowsAsync<StillframeException>(() =>
            new EngineDestination("docker", repository).DeliverAsync(broken, ["1.0"], SilentReporter.Instance, default));

        Assert.Equal(ErrorCodes.EngineLoadFailed, e.Code);
        Assert.NotEqual(0, (await Command.RunAsync("docker", ["image", "inspect", repository.WithTag("1.0").ToString()])).ExitCode);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_named()
    {
        var image = await TestImages.MakeAsync(directory.Path, "none");

        var e = await Assert.ThrowsAsync<StillframeException>(() =>
            new EngineDestination("stillframe-no-such-engine", repository).DeliverAsync(image, ["1.0"], SilentReporter.Instance, default));

        Assert.Equal(ErrorCodes.EngineLoadFailed, e.Code);
    }

    async Task LoadAsync(string program, bool run = true)
    {
        var image = await TestImages.MakeAsync(directory.Path, "hello from a stream");
        await new EngineDestination(program, repository).DeliverAsync(image, ["1.0", "data-1"], SilentReporter.Instance, default);
        await RunAsync(program, run ? "hello from a stream" : null);
    }

    async Task RunAsync(string program, string? expected)
    {
        string[] names = [repository.WithTag("1.0").ToString(), repository.WithTag("data-1").ToString()];
        try
        {
            foreach (var name in names)
                await Command.SucceedAsync(program, ["image", "inspect", name]);
            if (expected is not null)
                Assert.Equal(expected, await Command.SucceedAsync(program, ["run", "--rm", "--network=none", "--user=999", "--read-only", names[1]]));
        }
        finally
        {
            await Command.RunAsync(program, ["rmi", .. names]);
        }
    }

    async Task<(OciImage Image, string Archive)> ArchiveAsync(string text)
    {
        var image = await TestImages.MakeAsync(directory.Path, text);
        var archive = Path.Combine(directory.Path, "image.tar");
        await new OciArchiveDestination(archive, repository).DeliverAsync(image, ["1.0", "data-1"], SilentReporter.Instance, default);
        return (image, archive);
    }
}
