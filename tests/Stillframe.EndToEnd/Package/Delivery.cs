using System.Text.Json;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>Where a frame goes when no registry is named.</summary>
public class Delivery
{
    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.LocalServer, Need.Skopeo)]
    public async Task Without_an_engine_is_an_archive_in_the_output_directory_that_clean_removes()
    {
        using var tools = Tools.Without("docker", "podman");
        using var service = await LocalAsync(environment: new() { ["PATH"] = tools.Path });

        var output = await service.SucceedAsync("publish");

        Assert.Contains("No registry is set", output, StringComparison.Ordinal);
        var archive = service.PathOf("bin/Release/net10.0/places-db.tar");
        var inspected = await Command.SucceedAsync("skopeo", ["inspect", $"oci-archive:{archive}"]);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(service.PathOf("bin/Release/net10.0/publish/database-image.json")));
        Assert.Contains(report.RootElement.GetProperty("digest").GetString()!, inspected, StringComparison.Ordinal);
        Assert.Equal("places-db.tar", report.RootElement.GetProperty("reference").GetString());

        await service.SucceedAsync("clean", "-c:Release");
        Assert.DoesNotContain(service.Files(), file => file.Contains("database", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".tar", StringComparison.Ordinal));
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer)]
    public async Task To_an_archive_is_one_file()
    {
        using var service = await LocalAsync();

        foreach (var (property, file) in new[] { ("DatabaseImageArchiveOutputPath=out/frame.tar", "out/frame.tar"), ("DatabaseImageArchiveOutputPath=out/", "out/places-db.tar"), ("ContainerArchiveOutputPath=out/places.tar.gz", "out/places-db.tar") })
        {
            await service.SucceedAsync("publish", $"-p:{property}");

            Assert.Equal([file], service.Files("out"));
            File.Delete(service.PathOf(file));
        }
    }

    [NeedsFact(Need.Docker, Need.LocalServer)]
    public async Task To_the_local_engine_is_named_like_the_service()
    {
        var name = $"delivery-{Guid.NewGuid():n}";
        using var service = await LocalAsync($"<ContainerRepository>{name}</ContainerRepository><LocalRegistry>Docker</LocalRegistry>");

        await service.SucceedAsync("publish", "-p:DatabaseImageScratch=true");

        await Command.SucceedAsync("docker", ["image", "inspect", $"{name}-db:latest-scratch"]);
        await Command.SucceedAsync("docker", ["image", "rm", .. (await Command.SucceedAsync("docker", ["images", $"{name}-db", "--format", "{{.Repository}}:{{.Tag}}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(tag => tag.EndsWith("-scratch", StringComparison.Ordinal))]);
        var tags = (await Command.SucceedAsync("docker", ["image", "inspect", $"{name}-db:latest", "--format", "{{join .RepoTags \" \"}}"])).Trim().Split(' ');
        await Command.SucceedAsync("docker", ["image", "rm", .. tags]);
        var (dataVersion, _) = await service.ConstantsAsync("bin/Release/net10.0/Places.dll");
        Assert.Equal([$"{name}-db:data-{dataVersion[..12]}", $"{name}-db:latest"], tags.Order(StringComparer.Ordinal));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task To_an_engine_that_is_not_there_says_so()
    {
        using var tools = Tools.Without("podman");
        using var service = await LocalAsync("<LocalRegistry>Podman</LocalRegistry>", new() { ["PATH"] = tools.Path });

        var error = Assert.Single(await service.FailAsync("publish"));

        Assert.Contains("error SF2002: The database image can't go to podman (LocalRegistry): 'podman' is not on PATH.", error, StringComparison.Ordinal);
    }

    static Task<Service> LocalAsync(string properties = "", Dictionary<string, string?>? environment = null) =>
        Service.CreateAsync(properties: $"<DatabaseEngine>local</DatabaseEngine>{properties}", environment: environment);

    /// <summary>A PATH that has every program of this host but a few.</summary>
    sealed class Tools : IDisposable
    {
        readonly TemporaryDirectory directory = TemporaryDirectory.Create();

        public string Path => directory.Path;

        public static Tools Without(params string[] programs)
        {
            var tools = new Tools();
            var places = Environment.GetEnvironmentVariable("PATH")!.Split(':').Append("/usr/sbin").Where(Directory.Exists);
            foreach (var program in places.SelectMany(Directory.EnumerateFiles).DistinctBy(System.IO.Path.GetFileName))
            {
                var name = System.IO.Path.GetFileName(program);
                if (!programs.Contains(name))
                    File.CreateSymbolicLink(System.IO.Path.Combine(tools.Path, name), program);
            }

            return tools;
        }

        public void Dispose() => directory.Dispose();
    }
}
