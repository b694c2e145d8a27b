using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Stillframe.Client;

namespace Stillframe.Tests.Routing;

public class RegisteredDataSources
{
    [Fact]
    public async Task Are_one_for_the_service_and_also_known_as_what_they_are_to_others()
    {
        var services = new ServiceCollection();
        services.AddFrameDataSource(new Provider(), "of=the frame", "of=the master");
        services.AddKeyedFrameDataSource("second", new Provider(), "of=another frame", "of=another master", options => options.MasterTimeout = TimeSpan.FromSeconds(1));
        await using var provider = services.BuildServiceProvider();

        var source = provider.GetRequiredService<FrameDataSource>();
        Assert.Same(source, provider.GetRequiredService<DbDataSource>());
        Assert.Equal(("", "of=the frame", "of=the master"), (source.Name, source.ConnectionString, source.Master.ConnectionString));
        var second = provider.GetRequiredKeyedService<FrameDataSource>("second");
        Assert.Same(second, provider.GetRequiredKeyedService<DbDataSource>("second"));
        Assert.Equal(("second", "of=another frame", "of=another master"), (second.Name, second.ConnectionString, second.Master.ConnectionString));
    }

    [Fact]
    public async Task Without_a_connection_string_say_which_one()
    {
        await using var provider = new ServiceCollection().AddFrameDataSource(new Provider(), "of=the frame", null).BuildServiceProvider();

        var error = Assert.Throws<ArgumentException>(provider.GetRequiredService<FrameDataSource>);
        Assert.StartsWith("The connection string of the master is missing.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>One that connects to nothing: a registration opens nothing.</summary>
    sealed class Provider : DbProviderFactory;
}
