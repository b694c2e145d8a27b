using Dapper;
using Stillframe.Client;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

public sealed class AMasterOfMySqlWithFrames
{
    [NeedsFact(Need.MySql, Need.LocalServer)]
    public async Task Is_read_from_the_frame_of_MariaDB_that_contains_the_position()
    {
        await using var master = await MasterWithFrames.StartMySqlAsync();
        var older = await master.FrameAsync();
        await using var source = TestProvider.Source(older.Address(MasterWithFrames.Schema), master.Address);
        FramePosition mine;
        await using (var connection = await source.OpenMasterAsync())
        {
            await connection.ExecuteAsync("INSERT INTO note (text) VALUES ('mine')");
            mine = (await FramePosition.OfLastWriteAsync(connection))!;
        }

        await using (var connection = await source.OpenAsync(mine))
            Assert.Equal(["from the start", "mine"], await connection.QueryAsync<string>("SELECT text FROM note ORDER BY id"));

        var newer = await master.FrameAsync();
        await master.Server.ExecuteAsync("INSERT INTO shop.note (text) VALUES ('later, in no frame')");
        await using var next = TestProvider.Source(newer.Address(MasterWithFrames.Schema), master.Address);
        await using (var connection = await next.OpenAsync(mine))
            Assert.Equal(["from the start", "mine"], await connection.QueryAsync<string>("SELECT text FROM note ORDER BY id"));
    }
}
