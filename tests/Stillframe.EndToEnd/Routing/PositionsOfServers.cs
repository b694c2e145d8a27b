using System.Data.Common;
using System.Globalization;
using Dapper;
using Stillframe.Client;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

/// <summary>What we say of positions, the servers' own functions say, too.</summary>
public sealed class PositionsOfServers
{
    const int Times = 300;

    [NeedsFact(Need.MySql)]
    public async Task Of_MySQL_contain_one_another_as_GTID_SUBSET_says()
    {
        await using var master = await MasterWithFrames.StartMySqlAsync();
        await using var connection = await OpenAsync(master);
        var random = Seed.Random();
        var contained = 0;
        for (var time = 0; time < Times; time++)
        {
            var (inner, outer) = (GtidSet(random, 3), GtidSet(random, 6));
            if (time % 2 == 0)
                outer = $"{outer},{inner}"; // which is mostly not the case by chance
            var (ours, theirs) = (FramePosition.Parse(outer), FramePosition.Parse(inner));

            var expected = await connection.ExecuteScalarAsync<bool>("SELECT GTID_SUBSET(@inner, @outer)", new { inner, outer });

            Assert.True(expected == ours.Contains(theirs), $"seed {Seed.Value}, '{inner}' in '{outer}': {expected}");
            Assert.True(await connection.ExecuteScalarAsync<bool>("SELECT GTID_SUBSET(@a, @b) AND GTID_SUBSET(@b, @a)", new { a = outer, b = ours.ToString() }), $"seed {Seed.Value}, '{outer}' is not '{ours}'");
            Assert.True(await connection.ExecuteScalarAsync<bool>("SELECT GTID_SUBSET(@a, @c) AND GTID_SUBSET(@b, @c) AND GTID_SUBTRACT(GTID_SUBTRACT(@c, @a), @b) = ''", new { a = inner, b = outer, c = ours.With(theirs).ToString() }), $"seed {Seed.Value}, '{inner}' with '{outer}'");
            contained += expected ? 1 : 0;
        }

        Assert.InRange(contained, 1, Times - 1);
    }

    [NeedsFact(Need.MySql)]
    public async Task Of_MySQL_are_written_as_the_server_writes_them()
    {
        await using var master = await MasterWithFrames.StartMySqlAsync();
        await using var connection = await OpenAsync(master);
        var executed = (await connection.ExecuteScalarAsync<string>("SELECT @@GLOBAL.gtid_executed"))!.Replace("\n", "", StringComparison.Ordinal);

        Assert.Equal(executed, FramePosition.Parse(executed).ToString());
    }

    /// <summary>It waits until a replica has a position, here for no time at all; the replica's position can be set.</summary>
    [NeedsFact(Need.LocalServer)]
    public async Task Of_MariaDB_contain_one_another_as_MASTER_GTID_WAIT_says()
    {
        await using var master = await MasterWithFrames.StartMariaDbAsync("--skip-log-bin");
        await using var connection = await OpenAsync(master);
        var random = Seed.Random();
        var contained = 0;
        for (var time = 0; time < Times; time++)
        {
            var (token, frame) = (Gtids(random, 2), Gtids(random, 4));
            await connection.ExecuteAsync($"SET GLOBAL gtid_slave_pos = '{frame}'");

            var expected = await connection.ExecuteScalarAsync<int>("SELECT MASTER_GTID_WAIT(@token, 0)", new { token }) == 0;

            Assert.True(expected == FramePosition.Parse(frame).Contains(FramePosition.Parse(token)), $"seed {Seed.Value}, '{token}' in '{frame}': {expected}");
            contained += expected ? 1 : 0;
        }

        Assert.InRange(contained, 1, Times - 1);
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Of_a_write_are_those_of_its_last_commit_in_MariaDB()
    {
        await using var master = await MasterWithFrames.StartMariaDbAsync();
        await using var connection = await OpenAsync(master);
        await using var other = await OpenAsync(master);

        Assert.Null(await FramePosition.OfLastWriteAsync(connection)); // it has written nothing

        await connection.ExecuteAsync("INSERT INTO note (text) VALUES ('a')");
        var first = await FramePosition.OfLastWriteAsync(connection);
        Assert.Equal(await connection.ExecuteScalarAsync<string>("SELECT @@gtid_binlog_pos"), first!.ToString());

        await other.ExecuteAsync("INSERT INTO note (text) VALUES ('of somebody else')");
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("INSERT INTO note (text) VALUES ('taken back')", transaction: transaction);
            await transaction.RollbackAsync();
        }

        Assert.Equal(first, await FramePosition.OfLastWriteAsync(connection));
        Assert.True((await FramePosition.OfLastWriteAsync(other))!.Contains(first));
        await other.ExecuteAsync("SET sql_log_bin = 0");
        Assert.Equal(FramePosition.Unknown, await FramePosition.OfLastWriteAsync(other));
    }

    [NeedsFact(Need.MySql)]
    public async Task Of_a_write_contain_it_in_MySQL()
    {
        await using var master = await MasterWithFrames.StartMySqlAsync();
        await using var connection = await OpenAsync(master);
        var before = await FramePosition.OfLastWriteAsync(connection);

        await connection.ExecuteAsync("INSERT INTO note (text) VALUES ('a')");
        var after = await FramePosition.OfLastWriteAsync(connection);

        Assert.True(after!.Contains(before!));
        Assert.False(before!.Contains(after));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Are_unknown_of_a_master_without_a_binary_log()
    {
        await using var master = await MasterWithFrames.StartMariaDbAsync("--skip-log-bin");
        await using var connection = await OpenAsync(master);
        await connection.ExecuteAsync("INSERT INTO note (text) VALUES ('a')");

        Assert.Equal(FramePosition.Unknown, await FramePosition.OfLastWriteAsync(connection));
    }

    [NeedsFact(Need.MySql)]
    public async Task Are_unknown_of_a_MySQL_that_does_not_number_transactions()
    {
        await using var master = await MasterWithFrames.StartMySqlAsync("--gtid-mode=OFF", "--enforce-gtid-consistency=OFF");
        await using var connection = await OpenAsync(master);
        await connection.ExecuteAsync("INSERT INTO note (text) VALUES ('a')");

        Assert.Equal(FramePosition.Unknown, await FramePosition.OfLastWriteAsync(connection));
    }

    static async Task<DbConnection> OpenAsync(MasterWithFrames master)
    {
        var connection = TestProvider.Factory.CreateConnection()!;
        connection.ConnectionString = master.Address;
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Few servers, tags and numbers, so that sets meet.</summary>
    static string GtidSet(Random random, int parts) => string.Join(',', Enumerable.Range(0, random.Next(parts) + 1).Select(_ =>
    {
        var tag = random.Next(4) switch { 0 => ":one", 1 => ":Two_2", _ => "" };
        return $"{new Guid(random.Next(2) + 1, 0, 0, new byte[8])}{tag}" + string.Concat(Enumerable.Range(0, random.Next(3) + 1).Select(_ =>
        {
            var first = random.Next(20) + 1;
            return string.Create(CultureInfo.InvariantCulture, $":{first}{(random.Next(2) == 0 ? "" : $"-{first + random.Next(6)}")}");
        }));
    }));

    static string Gtids(Random random, int most) => string.Join(',', Enumerable.Range(0, 4).OrderBy(_ => random.Next()).Take(random.Next(most) + 1)
        .Select(domain => string.Create(CultureInfo.InvariantCulture, $"{domain}-{random.Next(3) + 1}-{random.Next(10) + 1}")));
}
