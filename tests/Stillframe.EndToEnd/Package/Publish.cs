using System.Runtime.InteropServices;
using System.Text.Json;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>Publishing to a registry, with the server of this host.</summary>
public class Publish(RegistryFixture fixture) : IClassFixture<RegistryFixture>
{
    string Host => fixture.Registry.Host;

    [NeedsFact(Need.LocalServer, Need.Registry, Need.Skopeo)]
    public async Task Alone_pushes_the_frame_tells_other_targets_and_again_sends_nothing()
    {
        using var service = await LocalAsync("alone", "<ContainerImageTags>1.2;stable</ContainerImageTags>");
        await service.WriteAsync("Directory.Build.targets", """
            <Project>
              <Target Name="Tell" AfterTargets="PublishDatabaseImage">
                <Message Importance="high" Text="@(GeneratedDatabaseImage->'[%(Identity)|%(Reference)|%(Digest)|%(DataVersion)|%(Size)]')" />
              </Target>
            </Project>
            """);

        var output = await service.SucceedAsync("publish", $"-p:ContainerRegistry={Host}");

        Assert.Equal(1, Times("Pushed ", output));
        var frame = await Registered.InspectAsync(Host, "alone-db:stable");
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(service.PathOf("bin/Release/net10.0/publish/database-image.json")));
        var dataVersion = report.RootElement.GetProperty("dataVersion").GetString()!;
        Assert.Equal(["1.2", $"data-{dataVersion[..12]}", "data-latest", "stable"], frame.RepoTags.Order(StringComparer.Ordinal));
        Assert.Equal(frame.Digest, report.RootElement.GetProperty("digest").GetString());
        Assert.Equal($"{Host}/alone-db@{frame.Digest}", report.RootElement.GetProperty("reference").GetString());
        Assert.Equal(dataVersion, frame.Labels["io.stillframe.data-version"]);
        Assert.Equal(dataVersion, (await service.ConstantsAsync("bin/Release/net10.0/Places.dll")).DataVersion);
        Assert.Matches($@"\[{Host}/alone-db@(sha256:[0-9a-f]{{64}})\|{Host}/alone-db@\1\|\1\|{dataVersion}\|[0-9]{{7,}}\]", output);

        var again = await service.SucceedAsync("publish", $"-p:ContainerRegistry={Host}");

        Assert.Contains("is up to date", again, StringComparison.Ordinal);
        Assert.Contains(" 0 blobs sent", again, StringComparison.Ordinal);
    }

    [NeedsFact(Need.LocalServer, Need.Registry, Need.Skopeo)]
    public async Task With_the_service_pushes_both_and_labels_the_service()
    {
        using var service = await LocalAsync("$(Repository)", sdk: "Microsoft.NET.Sdk.Web");
        var registry = await ToRegistryAsync();
        foreach (var (name, how) in new (string, string[])[] { ("container", ["publish", "-t:PublishContainer"]), ("profile", ["publish", "-p:PublishProfile=DefaultContainer"]), ("target", ["build", "-t:PublishContainer"]) })
        {
            var output = await service.SucceedAsync([.. how, $"-p:Repository={name}", .. registry]);

            Assert.Equal(1, Times($"Pushed {Host}/{name}-db@", output));
            var frame = await Registered.InspectAsync(Host, $"{name}-db:latest");
            var image = await Registered.InspectAsync(Host, $"{name}:latest");
            Assert.Equal($"{name}-db@{frame.Digest.Replace(':', '-')}", image.Labels["io.stillframe.database"]);
        }
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.LocalServer, Need.Registry, Need.Skopeo)]
    public async Task For_several_processors_with_a_frame_for_one_warns_and_labels_each_service()
    {
        using var service = await LocalAsync("several", """
            <RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>
            <DatabaseImageRuntimeIdentifiers>$(NETCoreSdkPortableRuntimeIdentifier)</DatabaseImageRuntimeIdentifiers>
            <UseAppHost>false</UseAppHost>
            <SelfContained>false</SelfContained>
            <EnableAppHostPackDownload>false</EnableAppHostPackDownload>
            <EnableRuntimePackDownload>false</EnableRuntimePackDownload>
            """);

        var result = await service.DotNetAsync(["publish", "-t:PublishContainer", .. await ToRegistryAsync()]);

        var output = result.Output;
        Assert.True(result.ExitCode == 0, result.AllOutput);
        Assert.Single(Warnings(output), line => line.Contains("Places.csproj : warning SF1107: The service is published for linux-x64, linux-arm64, its database image for ", StringComparison.Ordinal));
        Assert.Equal(1, Times($"Pushed {Host}/several-db@", output));
        Assert.Equal(1, Times("Loaded ", output) + Times("No table has changed", output)); // by whichever test came first
        var frame = await Registered.InspectAsync(Host, "several-db:latest");
        foreach (var architecture in new[] { "amd64", "arm64" })
        {
            var image = await Registered.InspectAsync(Host, "several:latest", architecture);
            Assert.Equal($"several-db@{frame.Digest.Replace(':', '-')}", image.Labels["io.stillframe.database"]);
        }
    }

    [Trait(Soaking.Category, Soaking.Only)]
    [NeedsTheory(Need.LocalServer)]
    [InlineData("linux-arm64", "linux-x64")]
    public async Task For_one_other_processor_warns(string arm, string amd)
    {
        var (own, other) = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? (arm, amd) : (amd, arm);
        using var service = await LocalAsync("one", "<SelfContained>false</SelfContained><UseAppHost>false</UseAppHost>");

        await service.SucceedAsync("publish", "-r", own, "-p:DatabaseImageArchiveOutputPath=out/");
        var result = await service.DotNetAsync("publish", "-r", other, "-p:DatabaseImageArchiveOutputPath=out/");

        Assert.True(result.ExitCode == 0, result.AllOutput);
        Assert.Contains($"warning SF1107: The service is published for {other}, ", Assert.Single(Warnings(result.Output)), StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer, Need.Registry)]
    public async Task Without_building_takes_only_the_dump_that_was_built()
    {
        using var service = await LocalAsync("built");
        await service.SucceedAsync("build", "-c:Release");

        await service.SucceedAsync("publish", "--no-build", $"-p:ContainerRegistry={Host}");
        var withAnother = Assert.Single(await service.FailAsync("publish", "--no-build", $"-p:ContainerRegistry={Host}", "-p:DatabaseReaderPassword=other"));
        await service.WriteAsync("data/places.sql", Service.Dump("Zürich"));
        var error = Assert.Single(await service.FailAsync("publish", "--no-build", $"-p:ContainerRegistry={Host}"));

        Assert.Contains("What differs: the reader's password (DatabaseReaderPassword)", withAnother, StringComparison.Ordinal);
        Assert.Contains("Places.csproj : error SF1010: The frame would have data version ", error, StringComparison.Ordinal);
        Assert.Contains("What differs: the dump. ", error, StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer, Need.Registry)]
    public async Task By_target_needs_no_build()
    {
        using var service = await LocalAsync("target-alone");
        await service.WriteAsync("Program.cs", "this does not compile");

        var output = await service.SucceedAsync("build", "-t:PublishDatabaseImage", $"-p:DatabaseImageRegistry={Host}");

        Assert.Contains($"Pushed {Host}/target-alone-db@", output, StringComparison.Ordinal);
    }

    async Task<string[]> ToRegistryAsync() => [$"-p:ContainerRegistry={Host}", $"-p:ContainerBaseImage={await EmptyBase.PushAsync(Host)}"];

    Task<Service> LocalAsync(string repository, string properties = "", string sdk = "Microsoft.NET.Sdk") => Service.CreateAsync(
        properties: $"<DatabaseEngine>local</DatabaseEngine><ContainerRepository>{repository}</ContainerRepository>{properties}",
        sdk: sdk,
        environment: new() { ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = Host });

    static IEnumerable<string> Warnings(string output) => output.Split('\n').Where(line => line.Contains("warning ", StringComparison.Ordinal)).Distinct();

    static int Times(string text, string output) => output.Split('\n').Count(line => line.Trim().StartsWith(text, StringComparison.Ordinal));
}
