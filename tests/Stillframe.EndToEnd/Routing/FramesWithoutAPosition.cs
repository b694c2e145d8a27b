using Dapper;
using Stillframe.Client;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

/// <summary>Whoever does not know what is in a frame asks the master.</summary>
[Collection(RoutingTests.Name)]
public sealed class FramesWithoutAPosition(RoutingFixture fixture)
{
    const string Note = "CREATE DATABASE shop; USE shop; CREATE TABLE note (id INT PRIMARY KEY) ENGINE=InnoDB;";

    [NeedsFact(Need.LocalServer)]
    public async Task Of_a_dump_that_tells_none_are_not_read_with_a_position()
    {
        var frame = await fixture.Master.FrameOfAsync(fixture.Master.Dump("by-hand.sql", Note));
        await using var source = TestProvider.Source(frame.Address(MasterWithFrames.Schema), fixture.Master.Address);

        Assert.Equal("master", await fixture.WhereAsync(source.OpenAsync(fixture.Mine)));
        Assert.Null((await source.ReadImageAsync())!.Position);
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Of_two_dumps_that_tell_different_ones_are_not_read_with_a_position()
    {
        const string header = "-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)\n-- SET GLOBAL gtid_slave_pos='0-1-{0}';\n";
        const string trailer = "\n-- Dump completed\n";
        var frame = await fixture.Master.FrameOfAsync(
            fixture.Master.Dump("later.sql", header.Replace("{0}", "1000", StringComparison.Ordinal) + Note + trailer),
            fixture.Master.Dump("earlier.sql", header.Replace("{0}", "1", StringComparison.Ordinal) + "CREATE DATABASE other; USE other; CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB;" + trailer));
        await using var source = TestProvider.Source(frame.Address(MasterWithFrames.Schema), fixture.Master.Address);

        Assert.Equal("master", await fixture.WhereAsync(source.OpenAsync(fixture.Mine)));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task That_are_no_frames_or_too_old_to_tell_are_not_read_with_a_position()
    {
        await using var other = await MasterWithFrames.StartMariaDbAsync();
        await using var source = TestProvider.Source(other.Address, fixture.Master.Address);

        Assert.Equal("master", await fixture.WhereAsync(source.OpenAsync(fixture.Mine)));
        Assert.Null(await source.ReadImageAsync());

        await other.Server.ExecuteAsync("CREATE DATABASE stillframe", "CREATE TABLE stillframe.image (data_version CHAR(64) NOT NULL)", "INSERT INTO stillframe.image VALUES ('of an older version')");

        Assert.Equal("master", await fixture.WhereAsync(source.OpenAsync(fixture.Mine)));
        var image = await source.ReadImageAsync();
        Assert.Equal(("of an older version", null, null, null), (image!.DataVersion, image.SchemaVersion, image.Time, image.Position));
    }
}
