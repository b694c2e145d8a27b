using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Package;

namespace Stillframe.EndToEnd.Samples;

/// <summary>A sample, published as the build script does it, but into a directory that is gone afterwards.</summary>
/// <param name="sample">Its directory.</param>
/// <param name="repository">The service's; the frame's is named after it.</param>
sealed class PublishedSample(string sample, string repository) : IDisposable
{
    // what a service that brings its own .NET needs of a distribution
    const string Libraries = """
        loader=$(ldd /bin/sh | grep -o '/[^ ]*/ld-linux[^ ]*')
        libraries=$(ldd /bin/sh | grep -o '/[^ ]*/libc.so.6')
        for name in libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libgcc_s.so.1 libstdc++.so.6 libz.so.1 libssl.so.3 libcrypto.so.3; do
          set -- "$@" "${libraries%/*}/$name"
        done
        tar --create --dereference --absolute-names --transform 's|^/||' "$loader" "$@" || [ $? -eq 1 ] # somebody links to one of them meanwhile, which changes its time
        """;

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    /// <summary>What a self-contained service needs besides the packages under test is large; the provider is referenced as a file of the project's own folder.</summary>
    string Known => field ??= FreshFolder.KnownPackages(directory.Path, "MySql.Data");

    /// <summary>Where archives and compose.yaml go.</summary>
    public string PathOf(string name) => Path.Combine(directory.Path, "images", name);

    /// <param name="options">With another target, where it is not both images that are to be published.</param>
    /// <param name="registry">Has the service's base image, and gets what is pushed.</param>
    public async Task PublishAsync(LocalRegistry registry, params string[] options)
    {
        string[] target = options.Any(option => option.StartsWith("-t:", StringComparison.Ordinal)) ? [] : ["-t:PublishContainer"];
        await Command.SucceedAsync(
            "dotnet",
            ["publish", Repository.PathOf($"src/Samples/{sample}"), .. await OptionsAsync(registry), .. target, $"-p:ComposeOutputPath={PathOf("compose.yaml")}", .. options],
            environment: new Dictionary<string, string?> { ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = registry.Host });
    }

    /// <summary>What each run of <c>dotnet</c> on the sample gets.</summary>
    public async Task<IReadOnlyList<string>> OptionsAsync(LocalRegistry registry)
    {
        var package = await PackedPackage.GetAsync();
        var layer = new MemoryStream();
        var packed = await Processes.ChildProcess.RunAsync("/bin/sh", ["-c", Libraries], new() { Output = (stream, token) => stream.CopyToAsync(layer, token) });
        Assert.True(packed.ExitCode == 0, packed.AllOutput);
        return
        [
            "--configuration", "Release", "--nologo", "-nodeReuse:false",
            "--artifacts-path", Path.Combine(directory.Path, "artifacts"),
            "-r", $"linux-{System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}", "--self-contained",
            $"-p:ContainerBaseImage={await EmptyBase.PushAsync(registry.Host, layer.ToArray())}",
            $"-p:ContainerRepository={repository}",
            $"-p:StillframeVersion={package.Version}",
            $"-p:RestoreAdditionalProjectSources={package.Feed}",
            $"-p:RestorePackagesPath={Path.Combine(directory.Path, "packages")}",
            $"-p:RestoreAdditionalProjectFallbackFolders={Known}",
        ];
    }

    public void Dispose() => directory.Dispose();
}
