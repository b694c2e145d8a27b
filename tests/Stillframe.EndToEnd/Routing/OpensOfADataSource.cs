using Dapper;
using Stillframe.Client;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

[Collection(RoutingTests.Name)]
public sealed class OpensOfADataSource(RoutingFixture fixture)
{
    [NeedsFact(Need.LocalServer)]
    public async Task That_are_plain_go_to_the_frame()
    {
        await using var source = TestProvider.Source(fixture.OlderAddress, fixture.Master.Address);

        Assert.Equal("older", await fixture.WhereAsync(source.OpenConnectionAsync()));
        Assert.Equal("older", await fixture.WhereAsync(source.OpenAsync(null)));
        await using var connection = source.OpenConnection();
        Assert.Equal("older", fixture.WhereIs(connection));
        await using var closed = source.CreateConnection();
        Assert.Equal(["from the start"], await closed.QueryAsync<string>("SELECT text FROM note")); // Dapper opens it
    }

    [NeedsFact(Need.LocalServer)]
    public async Task For_writes_go_to_the_master()
    {
        await using var source = TestProvider.Source(fixture.OlderAddress, fixture.Master.Address);

        Assert.Equal("master", await fixture.WhereAsync(source.OpenMasterAsync()));
        await using var connection = source.Master.OpenConnection();
        Assert.Equal("master", fixture.WhereIs(connection));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task With_a_position_go_to_the_frame_that_contains_it_and_otherwise_to_the_master()
    {
        await using var newer = TestProvider.Source(fixture.NewerAddress, fixture.Master.Address);
        await using var older = TestProvider.Source(fixture.OlderAddress, fixture.Master.Address);

        Assert.Equal("newer", await fixture.WhereAsync(newer.OpenAsync(FramePosition.Parse(fixture.Mine.ToString()))));
        Assert.Equal("master", await fixture.WhereAsync(older.OpenAsync(fixture.Mine)));
    }

    [NeedsTheory(Need.LocalServer)]
    [InlineData("7-1-1")] // of a domain that the frame does not know
    [InlineData("0-1-1,7-1-1")]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:1")] // MySQL's
    [InlineData("unknown")] // of a master that does not number its transactions
    public async Task With_a_position_that_can_not_be_compared_go_to_the_master(string position)
    {
        await using var source = TestProvider.Source(fixture.NewerAddress, fixture.Master.Address);

        Assert.Equal("master", await fixture.WhereAsync(source.OpenAsync(FramePosition.Parse(position))));
    }

    /// <summary>Each connection is asked, whether it is new or from the pool.</summary>
    [NeedsFact(Need.LocalServer)]
    public async Task Of_one_name_for_two_frames_look_which_one_answers()
    {
        using var name = new Forwarder(0, fixture.Older.Port, fixture.Newer.Port);
        await using var source = TestProvider.Source(fixture.OlderAddress.Replace($"{fixture.Older.Port}", $"{name.Port}", StringComparison.Ordinal), fixture.Master.Address);
        var (plain, fresh) = (new List<string>(), new List<string>());
        for (var round = 0; round < 10; round++)
        {
            // two at a time, so that connections to both are in the pool
            var plainly = new[] { await source.OpenConnectionAsync(), await source.OpenConnectionAsync() };
            plain.AddRange(plainly.Select(fixture.WhereIs));
            foreach (var connection in plainly)
                await connection.DisposeAsync();
            var freshly = new[] { await source.OpenAsync(fixture.Mine), await source.OpenAsync(fixture.Mine) };
            fresh.AddRange(freshly.Select(fixture.WhereIs));
            foreach (var connection in freshly)
            {
                Assert.Contains("mine", await connection.QueryAsync<string>("SELECT text FROM note"));
                await connection.DisposeAsync();
            }
        }

        Assert.Equal(["newer", "older"], plain.Distinct().Order());
        Assert.Equal(["master", "newer"], fresh.Distinct().Order());
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Of_a_frame_that_is_away_fail_and_leave_the_master_alone()
    {
        await using var source = TestProvider.Source(TestProvider.Address(Ports.Free(), "reader", "", MasterWithFrames.Schema), fixture.Master.Address);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => source.OpenConnectionAsync().AsTask());
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => source.OpenAsync(fixture.Mine).AsTask());
        Assert.Equal("master", await fixture.WhereAsync(source.OpenMasterAsync()));
    }
}
