using System.Text.Json;
using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Inspection;
using Stillframe.Oci;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Package;

/// <summary>A frame for several platforms (<c>DatabaseImageRuntimeIdentifiers</c>).</summary>
public sealed class SeveralPlatforms(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IDisposable
{
    const ushort Arm64 = 183, X64 = 62;
    const string Both = "-p:DatabaseImageRuntimeIdentifiers=linux-x64%3Blinux-arm64";

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    string Host => fixture.Registry.Host;

    static string Other => Platform.Current.Architecture == "arm64" ? "amd64" : "arm64";

    static ushort OtherMachine => Platform.Current.Architecture == "arm64" ? X64 : Arm64;

    public void Dispose() => directory.Dispose();

    [NeedsFact(Need.Docker, Need.Registry, Need.Skopeo)]
    public async Task Are_one_index_of_one_load_that_docker_serves_by_its_tag_and_again_do_nothing()
    {
        var image = await BaseOfPlatforms.PushAsync(Host, "two", directory.Path, OtherMachine, Other);
        using var service = await ServiceAsync("docker", image);
        string[] publish = ["publish", "-t:PublishContainer", "-v:n", Both, $"-p:ContainerRegistry={Host}", $"-p:ContainerBaseImage={await EmptyBase.PushAsync(Host)}"];
        await service.WriteAsync("data/places.sql", Service.Dump($"A place of {Guid.NewGuid()}")); // that no cache has

        var output = await SucceedAsync(service, publish);

        Assert.Equal(1, Times("Loaded 1 table", output));
        var index = await IndexAsync("platforms-db:latest");
        Assert.Equal(["linux/amd64", "linux/arm64"], index.Manifests.Select(entry => entry.Platform!.ToString()));
        var layers = await DataLayersAsync("platforms-db", index);
        Assert.NotEmpty(layers[0]);
        Assert.Equal(layers[0], layers[1]);
        var digest = await DigestAsync("platforms-db:latest");
        Assert.Equal($"platforms-db@{digest.Replace(':', '-')}", (await Registered.InspectAsync(Host, "platforms:latest")).Labels["io.stillframe.database"]);
        using (var report = JsonDocument.Parse(await File.ReadAllTextAsync(service.PathOf("bin/Release/net10.0/publish/database-image.json"))))
            Assert.Equal(digest, report.RootElement.GetProperty("digest").GetString());
        Assert.Contains("A place of ", await PulledAsync($"{Host}/platforms-db:latest"), StringComparison.Ordinal);

        var again = await SucceedAsync(service, publish);

        Assert.Contains("is up to date", again, StringComparison.Ordinal);
        Assert.Contains(" 0 blobs sent", again, StringComparison.Ordinal);
        Assert.Equal(digest, await DigestAsync("platforms-db:latest"));

        Directory.Delete(service.PathOf("obj/Release/net10.0/database-image/layout"), recursive: true);
        var elsewhere = await SucceedAsync(service, publish);

        Assert.Contains("The registry has the frame of data version", elsewhere, StringComparison.Ordinal);
        Assert.Equal(digest, await DigestAsync("platforms-db:latest"));

        var verified = await SucceedAsync(service, "build", "-c:Release", "-t:VerifyDatabaseImage", Both);

        Assert.Matches($@"ok +image for linux/{Other} +\d+ layers of data as here", verified);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.LocalServer, Need.Apt, Need.Registry, Need.Skopeo)]
    public async Task Of_the_service_are_the_frames_whose_other_server_comes_from_its_packages()
    {
        using var service = await ServiceAsync("local", null, """
            <RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>
            <UseAppHost>false</UseAppHost>
            <SelfContained>false</SelfContained>
            <EnableAppHostPackDownload>false</EnableAppHostPackDownload>
            <EnableRuntimePackDownload>false</EnableRuntimePackDownload>
            <DatabaseImageRepository>platforms-self</DatabaseImageRepository>
            """);

        var output = await SucceedAsync(service, "publish", "-t:PublishContainer", $"-p:ContainerRegistry={Host}", $"-p:ContainerBaseImage={await EmptyBase.PushAsync(Host)}");

        Assert.DoesNotContain("SF1107", output, StringComparison.Ordinal);
        var index = await IndexAsync("platforms-self:latest");
        Assert.Equal(["linux/amd64", "linux/arm64"], index.Manifests.Select(entry => entry.Platform!.ToString()));
        var layers = await DataLayersAsync("platforms-self", index);
        Assert.Equal(layers[0], layers[1]);
        var other = index.Manifests.Single(entry => entry.Platform!.Architecture == Other);
        var found = await new RegistryBaseImages(new(directory.Path), new(), SilentReporter.Instance).ResolveAsync($"{Host}/platforms-self@{other.Digest}", other.Platform!, default);
        Assert.Equal(OtherMachine, await ServerProgramFile.MachineAsync(found, "/usr/sbin/mariadbd", default));
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Docker, Need.Registry, Need.Skopeo)]
    public async Task In_an_archive_are_an_image_layout_that_others_copy_whole_and_our_tool_reads()
    {
        using var service = await ServiceAsync("docker", await BaseOfPlatforms.PushAsync(Host, "archived", directory.Path, OtherMachine, Other));

        await SucceedAsync(service, "publish", Both, "-p:DatabaseImageArchiveOutputPath=out/frame.tar");

        var archive = service.PathOf("out/frame.tar");
        await Command.SucceedAsync("skopeo", ["copy", "--all", "--dest-tls-verify=false", $"oci-archive:{archive}", $"docker://{Host}/from-archive:1"]);
        var index = await IndexAsync("from-archive:1");
        Assert.Equal(2, index.Manifests.Count);
        await using var frame = await OpenedFrame.OpenAsync(archive, new(), SilentReporter.Instance, default);
        Assert.Equal(await DigestAsync("from-archive:1"), frame.Contents.Digest);
        await using var again = await OpenedFrame.OpenAsync($"{Host}/from-archive:1", new(), SilentReporter.Instance, default);
        Assert.Equal(Platform.Current.Architecture, (await again.Image.ReadConfigAsync(default)).ToJson()["architecture"]!.GetValue<string>());
        Assert.Equal(frame.Contents.Digest, again.Contents.Digest);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Docker, Need.Registry)]
    public async Task In_the_local_engine_are_this_machines_alone_which_is_told()
    {
        using var service = await ServiceAsync("docker", await BaseOfPlatforms.PushAsync(Host, "local", directory.Path, OtherMachine, Other));

        var output = await SucceedAsync(service, "publish", Both, "-p:LocalRegistry=Docker");

        Assert.Contains($"docker has the image of this machine's platform alone, {Platform.Current}, of 2.", output, StringComparison.Ordinal);
        Assert.Equal(Platform.Current.Architecture, (await Command.SucceedAsync("docker", ["image", "inspect", "--format", "{{.Architecture}}", "platforms-db:latest"])).Trim());
        await EngineImages.RemoveAsync("platforms-db");
    }

    [NeedsFact(Need.Docker, Need.Registry)]
    public async Task That_can_not_be_had_are_named_before_the_load()
    {
        var lacking = await BaseOfPlatforms.PushAsync(Host, "lacking", directory.Path, OtherMachine, "riscv64");
        var mistaken = await BaseOfPlatforms.PushAsync(Host, "mistaken", directory.Path, (ushort)(X64 + Arm64 - OtherMachine), Other);
        using var service = await ServiceAsync("docker", "$(Base)");

        foreach (var (image, code, words) in new[]
        {
            (lacking, ErrorCodes.BaseImageMissing, $"is not there for linux/{Other}, only for {Platform.Current}, linux/riscv64."),
            (mistaken, ErrorCodes.BaseImageUnusable, "'/usr/sbin/mariadbd' is for another processor"),
            (Needs.BaseImage, ErrorCodes.PlatformUnavailable, $"for linux/{Other}: the base image "),
        })
        {
            var result = await service.DotNetAsync("publish", Both, $"-p:Base={image}", $"-p:DatabaseImageRegistry={Host}");

            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains($"error {code}: ", result.Output, StringComparison.Ordinal);
            Assert.Contains(words, result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("Loading ", result.Output, StringComparison.Ordinal);
        }
    }

    static async Task<string> SucceedAsync(Service service, params string[] arguments)
    {
        var result = await service.DotNetAsync(arguments);
        Assert.True(result.ExitCode == 0, result.AllOutput);
        return result.Output;
    }

    /// <summary>What a reader sees of a frame that docker takes from its registry.</summary>
    static async Task<string?> PulledAsync(string reference)
    {
        await Command.SucceedAsync("docker", ["pull", reference]);
        try
        {
            await using var stage = ContainerStage.Of(ContainerCommand.Docker, reference);
            await using var running = await stage.StartAsync(FrameStart.Production, default);
            await using var connection = await ServerConnection.ConnectAsync(running.Endpoint, "reader", "only for tests", default);
            return await connection.ScalarAsync("SELECT name FROM places.place", default);
        }
        finally
        {
            await EngineImages.RemoveAsync(reference);
        }
    }

    async Task<IndexJson> IndexAsync(string name)
    {
        var index = Wire.Read<IndexJson>(System.Text.Encoding.UTF8.GetBytes(await Raw(name)), name);
        Assert.Equal(MediaTypes.OciIndex, index.MediaType);
        return index;
    }

    async Task<string> DigestAsync(string name) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(await Raw(name))).ToString();

    /// <summary>Of each platform, the layers that no other program than ours has made: those above the base image's.</summary>
    async Task<List<string[]>> DataLayersAsync(string repository, IndexJson index)
    {
        var layers = new List<string[]>();
        foreach (var entry in index.Manifests)
        {
            using var config = JsonDocument.Parse(await Command.SucceedAsync("skopeo", ["inspect", "--config", "--tls-verify=false", $"docker://{Host}/{repository}@{entry.Digest}"]));
            Assert.Equal(entry.Platform!.Architecture, config.RootElement.GetProperty("architecture").GetString());
            var data = config.RootElement.GetProperty("history").EnumerateArray().Reverse()
                .TakeWhile(one => one.TryGetProperty("created_by", out var maker) && maker.GetString() is { } by && by.StartsWith("stillframe: ", StringComparison.OrdinalIgnoreCase) && !by.EndsWith("server", StringComparison.Ordinal)).Count();
            var manifest = Wire.Read<ManifestJson>(System.Text.Encoding.UTF8.GetBytes(await Raw($"{repository}@{entry.Digest}")), repository);
            layers.Add([.. manifest.Layers.TakeLast(data).Select(layer => layer.Digest.ToString())]);
        }

        return layers;
    }

    async Task<string> Raw(string name) => await Command.SucceedAsync("skopeo", ["inspect", "--raw", "--tls-verify=false", $"docker://{Host}/{name}"]);

    Task<Service> ServiceAsync(string engine, string? image, string more = "") => Service.CreateAsync(
        properties: $"""
            <DatabaseEngine>{engine}</DatabaseEngine>
            <DatabaseBaseImage>{image}</DatabaseBaseImage>
            <ContainerRepository>platforms</ContainerRepository>
            {more}
            """,
        environment: new() { ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = Host });

    static int Times(string text, string output) => output.Split('\n').Count(line => line.Trim().StartsWith(text, StringComparison.Ordinal));
}
