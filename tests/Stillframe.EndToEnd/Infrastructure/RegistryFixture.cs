namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>One registry for all tests of a class: <c>IClassFixture&lt;RegistryFixture&gt;</c>. Null where <see cref="Need.Registry"/> isn't met.</summary>
public sealed class RegistryFixture : IAsyncLifetime
{
    LocalRegistry? registry;

    public LocalRegistry Registry => registry ?? throw new InvalidOperationException("'docker-registry' is not on PATH");

    public async Task InitializeAsync() => registry = Needs.WhyNot([Need.Registry]) is null ? await LocalRegistry.StartAsync() : null;

    public async Task DisposeAsync()
    {
        if (registry is not null)
            await registry.DisposeAsync();
    }
}
