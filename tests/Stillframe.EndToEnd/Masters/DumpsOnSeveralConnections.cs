using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.Masters;

namespace Stillframe.EndToEnd.Masters;

public sealed class DumpsOnSeveralConnections(ChangingMaster master) : IClassFixture<ChangingMaster>, IDisposable
{
    static readonly MasterDumpOptions three = new() { Connections = 3, Changes = ChangeSource.None };

    readonly MasterBench bench = new(master.Loads);

    [NeedsFact(Need.LocalServer)]
    public async Task Have_the_files_of_a_dump_on_one()
    {
        await bench.MakeAsync("equal");
        await bench.ExecuteAsync("USE equal", "INSERT INTO equal.z SELECT seq, seq, 'more' FROM seq_3000_to_9000", "CREATE TABLE equal.b (id INT PRIMARY KEY)");

        var one = await bench.DumpAsync("equal", "one");
        var several = await bench.DumpAsync("equal", "several", three);

        Assert.Equal(one.Files, several.Files);
        Assert.Equal(one.DataVersion, several.DataVersion);
        Assert.Equal(bench.Contents("one"), bench.Contents("several"));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Are_one_moment_of_a_master_that_is_written_to()
    {
        await bench.MakeAsync("busy");
        var reporter = new Listener();
        await bench.WhileWrittenToAsync("busy", async written =>
        {
            for (var time = 0; time < Soaking.Times(3, 100); time++)
            {
                await written();
                await bench.DumpAsync("busy", "busy");
                Assert.Equal(0, bench.Sum("busy"));
                await bench.DumpAsync("busy", "busy", three, reporter);
                Assert.Equal(0, bench.Sum("busy"));
            }
        });

        Assert.All(reporter.Messages.Where(message => message.StartsWith("On the master", StringComparison.Ordinal)), message => Assert.Contains("3 connections", message, StringComparison.Ordinal));
        Assert.All(reporter.Messages.Where(message => message.StartsWith("On the master", StringComparison.Ordinal)), message => Assert.Contains("longest lock 0 ms", message, StringComparison.Ordinal));
    }

    /// <summary>Nothing but a lock tells there that the snapshots are the same.</summary>
    [NeedsFact(Need.LocalServer)]
    public async Task Of_a_master_without_a_log_are_one_moment_or_one_connection()
    {
        await using var silent = await ClientLoads.StartAsync(bench.Work);
        using var there = new MasterBench(silent);
        await there.MakeAsync("busy");
        await there.ExecuteAsync("CREATE USER reader@localhost", "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON *.* TO reader@localhost");
        var reporter = new Listener();
        await there.WhileWrittenToAsync("busy", async written =>
        {
            for (var time = 0; time < Soaking.Times(3, 100); time++)
            {
                await written();
                await there.DumpAsync("busy", "busy", three, reporter);
                Assert.Equal(0, there.Sum("busy"));
            }

            await written();
            await MasterDump.WriteAsync(there.Address("busy", "reader"), there.PathOf("one"), three, reporter, default);
            Assert.Equal(0, there.Sum("one"));
        });

        Assert.Equal(Soaking.Times(3, 100), reporter.Messages.Count(message => message.Contains("3 connections", StringComparison.Ordinal)));
        Assert.Contains(reporter.Messages, message => message.Contains("GRANT RELOAD", StringComparison.Ordinal));
        Assert.Contains(reporter.Messages, message => message.Contains("1 connection,", StringComparison.Ordinal));
    }

    public void Dispose() => bench.Dispose();
}
