using Dapper;
using Stillframe.Client;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

[Collection(RoutingTests.Name)]
public sealed class AMasterThatIsAway(RoutingFixture fixture)
{
    [NeedsFact(Need.LocalServer)]
    public async Task Leaves_the_reads_alone_and_fails_the_writes()
    {
        await using var source = TestProvider.Source(fixture.OlderAddress, Address(Ports.Free()));

        Assert.Equal("older", await fixture.WhereAsync(source.OpenConnectionAsync()));
        var error = await Assert.ThrowsAsync<MasterUnavailableException>(() => source.OpenMasterAsync().AsTask());
        Assert.StartsWith("The master can't be opened: ", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
        Assert.Throws<MasterUnavailableException>(() => source.Master.OpenConnection());
        await Assert.ThrowsAsync<MasterUnavailableException>(() => source.OpenAsync(fixture.Mine).AsTask()); // who names a position means it
    }

    /// <summary>The provider would wait for ten minutes.</summary>
    [NeedsFact(Need.LocalServer)]
    public async Task And_says_nothing_fails_the_writes_within_the_limit()
    {
        using var silent = new Forwarder(0);
        await using var source = TestProvider.Source(fixture.OlderAddress, Address(silent.Port) + ";Connection Timeout=600", TimeSpan.FromSeconds(0.2));

        var error = await Assert.ThrowsAsync<MasterUnavailableException>(() => source.OpenMasterAsync().AsTask());

        Assert.StartsWith("The master did not answer within 0.2 s", error.Message, StringComparison.Ordinal);
        Assert.Equal("older", await fixture.WhereAsync(source.OpenConnectionAsync()));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task And_says_nothing_is_not_asked_by_everybody()
    {
        using var silent = new Forwarder(0);
        await using var source = TestProvider.Source(fixture.OlderAddress, Address(silent.Port) + ";Connection Timeout=600", TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<MasterUnavailableException>(() => source.OpenMasterAsync().AsTask());

        var errors = new List<string>();
        for (var time = 0; time < 20; time++)
            errors.Add((await Assert.ThrowsAsync<MasterUnavailableException>(() => source.OpenMasterAsync().AsTask())).Message);

        Assert.Contains(errors, message => message.Contains("is not asked again so soon", StringComparison.Ordinal));
        Assert.InRange(silent.Taken, 1, errors.Count); // were the machine as slow as that, each would have tried in vain
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Is_written_to_again_when_it_is_back()
    {
        int port;
        using (var first = new Forwarder(0, fixture.Master.Server.Port))
            port = first.Port;
        await using var source = TestProvider.Source(fixture.OlderAddress, Address(port));
        await Assert.ThrowsAsync<MasterUnavailableException>(() => source.OpenMasterAsync().AsTask());

        using (new Forwarder(port, fixture.Master.Server.Port))
        {
            Assert.Equal("master", await fixture.WhereAsync(source.OpenMasterAsync()));
        }

        // the pool has a connection that no longer works
        var error = await Record.ExceptionAsync(async () =>
        {
            await using var connection = await source.OpenMasterAsync();
            await connection.ExecuteAsync("SELECT 1");
        });
        Assert.IsAssignableFrom<System.Data.Common.DbException>(error);
        using var again = new Forwarder(port, fixture.Master.Server.Port);
        Assert.Equal("master", await fixture.WhereAsync(source.OpenMasterAsync()));
    }

    /// <summary>A user's page is better old than not there; it can say so.</summary>
    [NeedsFact(Need.LocalServer)]
    public async Task Leaves_the_reads_of_who_has_written_to_the_frame_and_says_that_they_are_stale()
    {
        await using var source = TestProvider.Source(fixture.OlderAddress, Address(Ports.Free()));
        using var user = ReadYourWrites.Begin($"={fixture.Mine}");

        Assert.False(user.IsStale);
        Assert.Equal("older", await fixture.WhereAsync(source.OpenConnectionAsync()));
        Assert.True(user.IsStale);
    }

    static string Address(int port) => TestProvider.Address(port, MasterWithFrames.User, MasterWithFrames.Password, MasterWithFrames.Schema);
}
