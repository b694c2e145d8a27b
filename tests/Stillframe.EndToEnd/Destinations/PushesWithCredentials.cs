using Stillframe.Destinations;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Destinations;

public sealed class PushesWithCredentials : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly Dictionary<string, string> environment = [];

    public PushesWithCredentials() => environment["HOME"] = directory.Path;

    public void Dispose() => directory.Dispose();

    [NeedsFact(Need.Registry)]
    public async Task A_password_opens_the_registry()
    {
        await using var registry = await LocalRegistry.StartAsync(withPassword: true);
        LogIn(LocalRegistry.User, LocalRegistry.Password);

        var delivery = await PushAsync(registry.Host);

        Assert.Equal(4, delivery.BlobsSent);
    }

    [NeedsTheory(Need.Registry)]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_the_right_one_the_push_fails_at_once(string? password)
    {
        await using var registry = await LocalRegistry.StartAsync(withPassword: true);
        await using var proxy = new FaultProxy(registry.Host);
        if (password is not null)
            LogIn(LocalRegistry.User, password);

        var e = await Assert.ThrowsAsync<StillframeException>(() => PushAsync(proxy.Host));

        Assert.Equal(ErrorCodes.RegistryDenied, e.Code);
        Assert.Contains(password is null ? "without credentials" : $"user '{LocalRegistry.User}'", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", e.Message, StringComparison.Ordinal);
        Assert.InRange(proxy.Requests.Count(request => request.Path != "/v2/"), 1, 2);
    }

    [NeedsFact(Need.Registry)]
    public async Task A_token_server_is_asked_for_what_the_push_needs()
    {
        using var tokens = new TokenServer(directory.Path, LocalRegistry.User, LocalRegistry.Password);
        await using var registry = await LocalRegistry.StartAsync(authentication: tokens.RegistryConfiguration);
        LogIn(LocalRegistry.User, LocalRegistry.Password);

        await PushAsync(registry.Host);
        var cache = new BlobCache(Path.Combine(directory.Path, "cache"));
        var found = await new RegistryBaseImages(cache, Options, SilentReporter.Instance).ResolveAsync($"{registry.Host}/shop-db:1.0", Stillframe.Oci.Platform.Current, default);
        var other = ImageAssembler.Assemble(found, [], new() { Entrypoint = ["/bin/cat"] });
        var delivery = await new RegistryDestination(Reference.Of(registry.Host, "other"), Options).DeliverAsync(other, ["1.0"], SilentReporter.Instance, default);

        Assert.Equal((1, 3), (delivery.BlobsSent, delivery.BlobsMounted));
        Assert.Contains("repository:shop-db:pull,push", tokens.Scopes);
        Assert.Contains("repository:other:pull,push repository:shop-db:pull", tokens.Scopes);
    }

    [NeedsFact(Need.Registry)]
    public async Task A_token_server_that_refuses_fails_the_push_at_once()
    {
        using var tokens = new TokenServer(directory.Path, LocalRegistry.User, LocalRegistry.Password);
        await using var registry = await LocalRegistry.StartAsync(authentication: tokens.RegistryConfiguration);
        LogIn(LocalRegistry.User, "wrong");

        var e = await Assert.ThrowsAsync<StillframeException>(() => PushAsync(registry.Host));

        Assert.Equal(ErrorCodes.RegistryDenied, e.Code);
        Assert.Single(tokens.Scopes);
    }

    [NeedsFact(Need.Registry)]
    public async Task Whether_it_would_be_let_in_is_known_before_and_leaves_no_upload()
    {
        await using var registry = await LocalRegistry.StartAsync(withPassword: true);
        LogIn(LocalRegistry.User, LocalRegistry.Password);

        await Destination(registry.Host).CheckAsync(["1.0"], SpaceNeed.OfImage(0), SilentReporter.Instance, default);

        Assert.Empty(Directory.Exists(registry.Storage) ? Directory.EnumerateFileSystemEntries(registry.Storage) : []);
        LogIn(LocalRegistry.User, "wrong");
        Assert.Equal(ErrorCodes.RegistryDenied, (await Assert.ThrowsAsync<StillframeException>(() => Destination(registry.Host).CheckAsync(["1.0"], SpaceNeed.OfImage(0), SilentReporter.Instance, default))).Code);
    }

    RegistryOptions Options => new() { Environment = environment.GetValueOrDefault, FirstWait = TimeSpan.FromMilliseconds(20) };

    async Task<Delivery> PushAsync(string host)
    {
        var image = await TestImages.MakeAsync(directory.Path, "secret");
        return await Destination(host).DeliverAsync(image, ["1.0"], SilentReporter.Instance, default);
    }

    RegistryDestination Destination(string host) => new(Reference.Of(host, "shop-db"), Options);

    void LogIn(string user, string password)
    {
        environment["DOTNET_CONTAINER_REGISTRY_UNAME"] = user;
        environment["DOTNET_CONTAINER_REGISTRY_PWORD"] = password;
    }
}
