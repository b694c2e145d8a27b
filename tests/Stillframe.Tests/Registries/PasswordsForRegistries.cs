using Microsoft.AspNetCore.Http;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Tests.Registries;

public sealed class PasswordsForRegistries
{
    static readonly RegistryOptions Options = new()
    {
        Attempts = 1,
        Environment = name => name switch
        {
            "DOTNET_CONTAINER_REGISTRY_UNAME" => "me",
            "DOTNET_CONTAINER_REGISTRY_PWORD" => "hunter2",
            _ => null,
        },
    };

    static readonly Blob Small = Blob.OfBytes(MediaTypes.OciConfig, [1, 2, 3]);

    [Theory]
    [InlineData("https://r.example/v2/x", true)]
    [InlineData("https://R.example:443/v2/x", true)]
    [InlineData("http://r.example/v2/x", false)]
    [InlineData("http://r.example:443/v2/x", false)]
    [InlineData("https://r.example:5000/v2/x", false)]
    [InlineData("https://r.example.org/v2/x", false)]
    public void Go_to_its_scheme_host_and_port(string address, bool expected) =>
        Assert.Equal(expected, new RegistryOrigin(new("https://r.example/v2/")).Is(new(address)));

    [Theory]
    [InlineData("https://r.example/v2/", "https://auth.example/token", true)]
    [InlineData("https://r.example/v2/", "http://r.example/token", false)]
    [InlineData("https://r.example/v2/", "http://127.0.0.1/token", false)]
    [InlineData("http://r.example/v2/", "https://auth.example/token", true)]
    [InlineData("http://r.example/v2/", "http://r.example:81/token", true)]
    [InlineData("http://r.example/v2/", "http://127.0.0.1/token", true)]
    [InlineData("http://r.example/v2/", "http://auth.example/token", false)]
    [InlineData("http://r.example/v2/", "ftp://r.example/token", false)]
    public void Go_to_token_servers_that_are_as_safe(string registry, string realm, bool expected) =>
        Assert.Equal(expected, new RegistryOrigin(new(registry)).MayAsk(new(realm), Options));

    [Fact]
    public async Task Do_not_go_in_the_clear_to_a_token_server_of_an_encrypted_registry()
    {
        await using var tokens = new AServer(https: false, (_, _) => { });
        await using var registry = new AServer(https: true, (_, context) => Challenge(context, $"Bearer realm=\"{tokens.Address}/token\",service=\"x\""));

        var e = await Assert.ThrowsAsync<StillframeException>(() => Client(registry).HasBlobAsync(Small.Descriptor.Digest, default));

        Assert.Equal(ErrorCodes.RegistryInTheClear, e.Code);
        Assert.Contains(tokens.Address, e.Message, StringComparison.Ordinal);
        Assert.Empty(tokens.Asked);
    }

    [Fact]
    public async Task Do_not_follow_a_token_server_elsewhere()
    {
        await using var elsewhere = new AServer(https: false, (_, _) => { });
        await using var tokens = new AServer(https: false, (_, context) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = elsewhere.Address;
        });
        await using var registry = new AServer(https: false, (_, context) => Challenge(context, $"Bearer realm=\"{tokens.Address}/token\",service=\"x\""));

        await Assert.ThrowsAsync<StillframeException>(() => Client(registry).HasBlobAsync(Small.Descriptor.Digest, default));

        Assert.NotEmpty(tokens.Asked);
        Assert.Empty(elsewhere.Asked);
    }

    [Fact]
    public async Task Do_not_go_to_where_an_upload_lies_nor_to_a_token_server_named_there()
    {
        await using var tokens = new AServer(https: false, (_, _) => { });
        await using var storage = new AServer(https: false, (_, context) => Challenge(context, $"Bearer realm=\"{tokens.Address}/token\",service=\"x\""));
        await using var registry = new AServer(https: false, (_, context) =>
        {
            if (context.Request.Headers.Authorization.Count == 0)
            {
                Challenge(context, "Basic realm=\"x\"");
                return;
            }

            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers.Location = storage.Address + "/upload";
        });

        var e = await Assert.ThrowsAsync<StillframeException>(() => Client(registry).UploadAsync(Small, null, null, default));

        Assert.Equal(ErrorCodes.RegistryDenied, e.Code);
        Assert.Contains(registry.Asked, asked => asked.Authorization.StartsWith("Basic ", StringComparison.Ordinal));
        Assert.All(storage.Asked, asked => Assert.Equal("", asked.Authorization));
        Assert.Empty(tokens.Asked);
    }

    [Fact]
    public async Task Data_for_an_encrypted_registry_does_not_go_in_the_clear()
    {
        await using var registry = new AServer(https: true, (server, context) =>
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers.Location = "http://" + server.Host + "/upload";
        });

        var e = await Assert.ThrowsAsync<StillframeException>(() => Client(registry).UploadAsync(Small, null, null, default));

        Assert.Equal(ErrorCodes.RegistryInTheClear, e.Code);
    }

    static RegistryClient Client(AServer registry) => new(registry.Host, "shop-db", RegistryAccess.Push, Options, SilentReporter.Instance);

    static void Challenge(HttpContext context, string challenge)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = challenge;
    }
}
