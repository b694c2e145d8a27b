using System.Text;
using Stillframe.Registries;

namespace Stillframe.Tests.Registries;

public sealed class FoundCredentials : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly Dictionary<string, string> environment = [];

    public FoundCredentials() => environment["DOCKER_CONFIG"] = environment["HOME"] = directory.Path;

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("DOTNET_CONTAINER_REGISTRY", RegistryAccess.Push)]
    [InlineData("DOTNET_CONTAINER_REGISTRY", RegistryAccess.Pull)]
    [InlineData("DOTNET_CONTAINER_PUSH_REGISTRY", RegistryAccess.Push)]
    [InlineData("DOTNET_CONTAINER_PULL_REGISTRY", RegistryAccess.Pull)]
    [InlineData("SDK_CONTAINER_REGISTRY", RegistryAccess.Push)]
    public async Task Environment_variables_of_the_sdk_come_first(string name, RegistryAccess access)
    {
        Configure("""{"auths": {"ghcr.io": {"auth": "ZmlsZTpmaWxl"}}}""");
        environment[name + "_UNAME"] = "user";
        environment[name + "_PWORD"] = "password";

        Assert.Equal(new("user", "password", name + "_UNAME"), await FindAsync("ghcr.io", access));
    }

    [Fact]
    public async Task Variables_for_pulling_are_not_used_for_pushing()
    {
        environment["DOTNET_CONTAINER_PULL_REGISTRY_UNAME"] = "user";
        environment["DOTNET_CONTAINER_PULL_REGISTRY_PWORD"] = "password";

        Assert.Null(await FindAsync("ghcr.io", RegistryAccess.Push));
    }

    [Theory]
    [InlineData("ghcr.io", "ghcr.io")]
    [InlineData("https://ghcr.io", "ghcr.io")]
    [InlineData("https://ghcr.io/v2/", "ghcr.io")]
    [InlineData("https://index.docker.io/v1/", "docker.io")]
    [InlineData("localhost:5000", "localhost:5000")]
    public async Task Keys_of_docker_config_are_hosts_or_addresses(string key, string registry)
    {
        Configure($$$"""{"auths": {"other.io": {"auth": "eDp5"}, "{{{key}}}": {"auth": "{{{Convert.ToBase64String("user:pass:word"u8)}}}"} } }""");

        var found = await FindAsync(registry);

        Assert.Equal(("user", "pass:word"), (found!.User, found.Secret));
    }

    [Fact]
    public async Task An_identity_token_is_one()
    {
        Configure("""{"auths": {"ghcr.io": {"auth": "dXNlcjo=", "identitytoken": "abc"}}}""");

        var found = await FindAsync("ghcr.io");

        Assert.True(found!.IsIdentityToken);
        Assert.Equal("abc", found.Secret);
    }

    [Fact]
    public async Task A_credential_helper_is_asked()
    {
        Helper("stillframe-test", """read server; [ "$1" = get ] && echo "{\"ServerURL\":\"$server\",\"Username\":\"for $server\",\"Secret\":\"hidden\"}" """);
        Configure("""{"credHelpers": {"ghcr.io": "stillframe-test"}}""");

        Assert.Equal(new("for ghcr.io", "hidden", "docker-credential-stillframe-test"), await WithPathAsync(() => FindAsync("ghcr.io")));
    }

    [Fact]
    public async Task A_store_that_has_none_lets_the_file_speak()
    {
        Helper("stillframe-none", "echo 'credentials not found in native keychain'; exit 1");
        Configure("""{"credsStore": "stillframe-none", "auths": {"ghcr.io": {"auth": "dXNlcjpwYXNz"}}}""");

        Assert.Equal("user", (await WithPathAsync(() => FindAsync("ghcr.io")))!.User);
    }

    [Fact]
    public async Task A_helper_that_is_not_installed_is_named()
    {
        Configure("""{"credsStore": "stillframe-missing"}""");

        var e = await Assert.ThrowsAsync<StillframeException>(() => FindAsync("ghcr.io"));

        Assert.Equal(ErrorCodes.RegistryDenied, e.Code);
        Assert.Contains("docker-credential-stillframe-missing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_there_are_none() => Assert.Null(await FindAsync("ghcr.io"));

    [Fact]
    public void A_message_about_them_never_shows_the_secret() =>
        Assert.DoesNotContain("hidden", new Credentials("user", "hidden", "here").ToString(), StringComparison.Ordinal);

    Task<Credentials?> FindAsync(string registry, RegistryAccess access = RegistryAccess.Push) =>
        new CredentialSearch(environment.GetValueOrDefault).FindAsync(registry, access, default);

    void Configure(string json) => File.WriteAllText(Path.Combine(directory.Path, "config.json"), json);

    void Helper(string name, string script)
    {
        var path = Path.Combine(directory.Path, "docker-credential-" + name);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes("#!/bin/sh\n" + script + "\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    async Task<T> WithPathAsync<T>(Func<Task<T>> action)
    {
        var before = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", directory.Path + Path.PathSeparator + before);
        try
        {
            return await action();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", before);
        }
    }
}
