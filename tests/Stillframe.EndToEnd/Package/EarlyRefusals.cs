using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>What would stop a delivery is said before anything is loaded: one error, and nothing is left.</summary>
public sealed class EarlyRefusals(EarlyRefusals.BuiltService built) : IClassFixture<EarlyRefusals.BuiltService>
{
    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer)]
    public async Task A_registry_that_does_not_answer() =>
        Assert.Contains("error SF3002: ", await RefusedAsync([$"-p:DatabaseImageRegistry=127.0.0.1:{Ports.Free()}"]), StringComparison.Ordinal);

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsTheory(Need.LocalServer, Need.Registry)]
    [InlineData(null, "without credentials")]
    [InlineData("wrong", $"user '{LocalRegistry.User}'")]
    public async Task A_registry_that_does_not_let_us_in(string? password, string words)
    {
        await using var registry = await LocalRegistry.StartAsync(withPassword: true);

        var error = await RefusedAsync(
            [$"-p:DatabaseImageRegistry={registry.Host}"],
            password is null ? [] : new() { ["DOTNET_CONTAINER_REGISTRY_UNAME"] = LocalRegistry.User, ["DOTNET_CONTAINER_REGISTRY_PWORD"] = password });

        Assert.Contains($"error SF3003: Registry '{registry.Host}' refuses to let us push to 'places-db'", error, StringComparison.Ordinal);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(registry.Storage) ? Directory.EnumerateFiles(registry.Storage, "*", SearchOption.AllDirectories) : []);
    }

    [NeedsTheory(Need.LocalServer)]
    [InlineData("SF1103", "a b", "-p:DatabaseImageTags=a b", "-p:DatabaseImageArchiveOutputPath=out/")]
    [InlineData("SF1103", "-last", "-p:DatabaseImageTags=\"1.0;-last\"", "-p:DatabaseImageRegistry=127.0.0.1:9")]
    [InlineData("SF1103", "Not/Lower/Case", "-p:DatabaseImageRepository=Not/Lower/Case", "-p:DatabaseImageArchiveOutputPath=out/")]
    [InlineData("SF1103", "DatabaseImagePrevious", "-p:DatabaseImagePrevious=a b", "-p:DatabaseImageArchiveOutputPath=out/")]
    public async Task A_name_that_no_registry_takes(string code, string words, params string[] properties)
    {
        var error = await RefusedAsync(properties);

        Assert.Contains($"error {code}: ", error, StringComparison.Ordinal);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer)]
    public async Task A_label_without_a_name_to_go_by() => Assert.Contains(
        "error SF1103: 'com example' is no name for a label",
        await RefusedAsync(["-p:DatabaseImageArchiveOutputPath=out/", "-p:Label=com example"]),
        StringComparison.Ordinal);

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.LocalServer)]
    public async Task An_empty_password() =>
        Assert.Contains("error SF1102: ", await RefusedAsync(["-p:DatabaseReaderPassword=", "-p:DatabaseImageArchiveOutputPath=out/"]), StringComparison.Ordinal);

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer, Need.Root)]
    public async Task An_archive_in_a_directory_that_can_only_be_read()
    {
        await using var disk = await SmallDisk.MountAsync("ro");

        var error = await RefusedAsync([$"-p:DatabaseImageArchiveOutputPath={disk.Path}/below/places-db.tar"]);

        Assert.Contains($"error SF3001: The archive '{disk.Path}/below/places-db.tar' can't be written: '{disk.Path}' takes no file: ", error, StringComparison.Ordinal);
    }

    [NeedsFact(Need.Docker)]
    public async Task A_base_image_that_is_nowhere()
    {
        var error = await RefusedAsync(["-p:DatabaseEngine=docker", "-p:DatabaseBaseImage=127.0.0.1:1/nobody/nothing:1", "-p:DatabaseImageArchiveOutputPath=out/"]);

        Assert.Contains("error SF2003: The base image '127.0.0.1:1/nobody/nothing:1' ", error, StringComparison.Ordinal);
    }

    /// <summary>The one error.</summary>
    async Task<string> RefusedAsync(string[] properties, Dictionary<string, string?>? environment = null)
    {
        var service = built.Service;

        var result = await service.DotNetAsync(["publish", "--no-build", "-v:n", .. properties], environment);

        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain("Making the schema", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" of rows", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Files(), file => file.Contains("database-image/layout", StringComparison.Ordinal) || file.EndsWith(".tar", StringComparison.Ordinal) || file.EndsWith("build.json", StringComparison.Ordinal));
        Assert.False(Directory.Exists(service.PathOf("out")));
        // once as it comes, by the number of its project, and once at the end
        return Assert.Single(result.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(line => line.Trim().TrimStart("0123456789>".ToCharArray())).Distinct());
    }

    /// <summary>Built once; its frame never is.</summary>
    public sealed class BuiltService : IAsyncLifetime
    {
        Service? service;

        internal Service Service => service!;

        public async Task InitializeAsync()
        {
            service = await Service.CreateAsync(
                properties: "<DatabaseEngine Condition=\"'$(DatabaseEngine)' == ''\">local</DatabaseEngine>",
                items: "<DatabaseDump Include=\"data/places.sql\" /><DatabaseImageLabel Include=\"$(Label)\" Value=\"1\" Condition=\"'$(Label)' != ''\" />");
            await service.SucceedAsync("build", "-c:Release");
        }

        public Task DisposeAsync()
        {
            service?.Dispose();
            return Task.CompletedTask;
        }
    }
}
