using Nuke.Common;
using Nuke.Common.IO;
using Stillframe.Consoles;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

partial class Build
{
    [Parameter("Registry to push to, as HOST[:PORT]; without it images become archives in artifacts/images")]
    readonly string? Registry;

    [Parameter("What comes before the images' names in the registry, such as an organisation")]
    readonly string? RepositoryPrefix;

    [Parameter("Where the database server runs while the dump is loaded: auto, docker, podman, local or embedded")]
    readonly string? Engine;

    [Parameter("Image that the database image is built on, or 'self'")]
    readonly string? DatabaseBaseImage;

    [Parameter("Image that the service's image is built on, 'default' for the SDK's choice; otherwise one is made of this machine's packages")]
    readonly string? ServiceBaseImage;

    string ServiceRepository => RepositoryPrefix is null ? "gazetteer" : $"{RepositoryPrefix}/gazetteer";

    AbsolutePath Sample => RootDirectory / "src" / "Samples" / "Gazetteer";

    AbsolutePath Images => Artifacts / "images";

    AbsolutePath PublishDirectory => Artifacts / "publish";

    AbsolutePath SampleOutput => PublishDirectory / "gazetteer";

    AbsolutePath ServiceDigestFile => PublishDirectory / "gazetteer.digest";

    Target Publish => _ => _
        .Description("Publishes the sample service with its database image")
        .DependsOn(Pack)
        .Executes(PublishSampleAsync);

    Target Push => _ => _
        .Description("Publishes both images to a registry, which must be given")
        .DependsOn(Pack)
        .Requires(() => Registry)
        .Executes(PublishSampleAsync);

    Target Verify => _ => _
        .Description("Starts the sample's database image as production will, and proves what it promises")
        .DependsOn(Pack)
        .Executes(() => { DotNet($"build {Sample} {SampleArguments:nq} {ServiceBase.SelfContained(ServiceBaseImage):nq} -t:VerifyDatabaseImage"); });

    async Task PublishSampleAsync()
    {
        var tag = Tag ?? PackedVersion;
        await using var serviceBase = await ServiceBase.ProvideAsync(ServiceBaseImage, Interrupt.Token);
        var destination = Registry is null
            ? $"{Quoted($"-p:ContainerArchiveOutputPath={Images / "gazetteer.tar"}")} {Quoted($"-p:DatabaseImageArchiveOutputPath={Images / "gazetteer-db.tar"}")}"
            : $"-p:ContainerRegistry={Registry} {Quoted($"-p:DatabaseDeployDirectory={Deploy}")}";
        Images.CreateDirectory();
        DotNet(
            $"publish {Sample} {SampleArguments:nq} -t:PublishContainer {serviceBase.Arguments:nq} {destination:nq} -p:ContainerImageTag={tag} -p:ComposeOutputPath={Images / "compose.yaml"} -p:ServiceImageDigestFile={ServiceDigestFile}",
            environmentVariables: Variables(ServiceBase.Insecure(serviceBase.Registry, Registry)));

        var images = PublishedImages.Read(SampleOutput / "database-image.json", ServiceDigestFile);
        images.Print(
            Registry is null ? Images / "gazetteer.tar" : $"{Registry}/{ServiceRepository}:{tag}",
            Registry is null ? Images / "gazetteer-db.tar" : $"{Registry}/{ServiceRepository}-db:{tag}",
            Images / "compose.yaml");
        ReportSummary(summary =>
        {
            summary["Tag"] = tag;
            return summary;
        });
    }

    /// <summary>The version that Pack has given the package.</summary>
    string PackedVersion => Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(Packages, "Stillframe.MSBuild.*.nupkg").Single())["Stillframe.MSBuild.".Length..];

    /// <summary>What every run of the sample's project has in common.</summary>
    string[] SampleOptions =>
    [
        .. Packaged(PublishDirectory),
        $"-p:PublishDir={SampleOutput}/",
        $"-p:CustomAfterMicrosoftCommonTargets={RootDirectory / "build" / "Published.targets"}",
        $"-p:ContainerRepository={ServiceRepository}",
        .. Property("Version", Tag),
    ];

    /// <summary>What every run of a sample's project has: it takes the package that was just packed, and keeps its files apart.</summary>
    /// <param name="artifacts">Where it keeps them.</param>
    string[] Packaged(string artifacts) =>
    [
        "--configuration", "Release", "--nologo", "-nodeReuse:false",
        "--artifacts-path", artifacts,
        $"-p:StillframeVersion={PackedVersion}",
        $"-p:RestoreAdditionalProjectSources={Packages}",
        .. Property("DatabaseEngine", Engine), .. Property("DatabaseBaseImage", DatabaseBaseImage),
    ];

    string SampleArguments => string.Join(' ', SampleOptions.Select(Quoted));

    static string[] Property(string name, string? value) => value is null ? [] : [$"-p:{name}={value}"];

    static string Quoted(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;
}
