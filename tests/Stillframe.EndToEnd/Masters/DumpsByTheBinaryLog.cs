using Stillframe.Connections;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Masters;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Masters;

/// <summary>The master's log says which tables changed; whatever happened to them, the dump is the one that reads all of them.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class DumpsByTheBinaryLog(ChangingMaster master, ITestOutputHelper output) : IClassFixture<ChangingMaster>, IDisposable
{
    internal const string NoWord = "does not say which tables changed";

    static readonly MasterDumpOptions everything = new() { Changes = ChangeSource.None };

    readonly MasterBench bench = new(master.Loads);

    [NeedsFact(Need.LocalServer)]
    public Task Are_those_that_read_everything() => new DumpsOfAWorkload(bench.Server.Socket, bench.Work, statement => [statement], output).CompareAsync(Soaking.Times(15, 400));

    [NeedsTheory(Need.LocalServer)]
    [InlineData("SET SESSION binlog_format = 'STATEMENT'; UPDATE plain.a SET v = 1 WHERE id = 1", "a statement of another kind")]
    [InlineData("FLUSH BINARY LOGS; PURGE", "1236")]
    [InlineData("RESET MASTER; UPDATE plain.a SET v = 1 WHERE id = 1", "")]
    [InlineData("SET GLOBAL binlog_format = 'MIXED'", "binlog_format is MIXED")]
    [InlineData("SET GLOBAL server_id = 7", "of another server")]
    public async Task Compare_by_checksum_where_it_is_not_clear(string statements, string why)
    {
        await bench.MakeAsync("plain");
        await bench.DumpAsync("plain", "plain");
        try
        {
            await bench.ExecuteAsync(statements.Split("; ").Where(statement => statement != "PURGE").Prepend("UPDATE plain.m SET v = 7 WHERE id = 7"));
            if (statements.EndsWith("PURGE", StringComparison.Ordinal))
                await PurgeAsync();
            var reporter = new Listener();
            var dump = await bench.DumpAsync("plain", "plain", reporter: reporter);
            var all = await bench.DumpAsync("plain", "all", everything);

            Assert.Contains(reporter.Messages, message => message.Contains(NoWord, StringComparison.Ordinal) && message.Contains(why, StringComparison.Ordinal));
            Assert.Equal(all.DataVersion, dump.DataVersion);
        }
        finally
        {
            await bench.ExecuteAsync("SET GLOBAL binlog_format = 'ROW'", "SET GLOBAL server_id = 1");
        }
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Of_an_account_that_may_not_read_it_say_which_right_is_missing()
    {
        await bench.MakeAsync("plain");
        await bench.ExecuteAsync("CREATE OR REPLACE USER dumper@localhost", "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON *.* TO dumper@localhost");
        var reporter = new Listener();
        await MasterDump.WriteAsync(bench.Address("plain", "dumper"), bench.PathOf("plain"), new(), reporter, default);
        await bench.ExecuteAsync("GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO dumper@localhost");
        for (var time = 0; time < 2; time++)
        {
            await bench.ExecuteAsync($"UPDATE plain.m SET v = {time + 1} WHERE id = 7");
            await MasterDump.WriteAsync(bench.Address("plain", "dumper"), bench.PathOf("plain"), new(), reporter, default);
        }

        Assert.Single(reporter.Messages, message => message.Contains("GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO 'dumper'", StringComparison.Ordinal));
        Assert.Equal(3 + 1 + 1, reporter.Messages.Count(message => message.StartsWith("Dumped plain.", StringComparison.Ordinal)));
    }

    /// <summary>A restart takes from the server what it knows of the time of changes, and two rows that exchange a value have the same checksum.</summary>
    [NeedsFact(Need.LocalServer)]
    public async Task See_what_neither_checksum_nor_time_tell()
    {
        await bench.ExecuteAsync("CREATE OR REPLACE DATABASE swapped", "CREATE TABLE swapped.t (id INT PRIMARY KEY, v BIGINT) ENGINE=InnoDB", "INSERT INTO swapped.t VALUES (545296017, 1258304706138210791), (1687785542, 4393127450003467798)");
        var before = await bench.DumpAsync("swapped", "swapped");
        await bench.ExecuteAsync("UPDATE swapped.t SET v = IF(id = 545296017, 4393127450003467798, 1258304706138210791)");
        await master.Loads.RestartAsync();
        await bench.ExecuteAsync("SET GLOBAL binlog_format = 'ROW'");

        var after = await bench.DumpAsync("swapped", "swapped");

        Assert.Equal(before.Files[1].Table!.Checksum, after.Files[1].Table!.Checksum);
        Assert.NotEqual(before.DataVersion, after.DataVersion);
    }

    public void Dispose() => bench.Dispose();

    /// <summary>The server notes in the background when it needs a file no more.</summary>
    async Task PurgeAsync()
    {
        await using var connection = await bench.Server.ConnectAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            var last = (await connection.QueryAsync("SHOW MASTER STATUS", default))[0][0];
            await connection.ExecuteAsync($"PURGE BINARY LOGS TO '{last}'", default);
            return (await connection.QueryAsync("SHOW BINARY LOGS", default)).Count == 1;
        }, () => "The server keeps its logs.");
    }
}
