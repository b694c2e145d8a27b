using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Masters;

public sealed class AMasterThatIsAltered(ChangingMaster master) : IClassFixture<ChangingMaster>, IDisposable
{
    readonly MasterBench bench = new(master.Loads);

    [NeedsTheory(Need.LocalServer)]
    [InlineData("ALTER TABLE z ADD COLUMN w INT")]
    [InlineData("ALTER TABLE m DROP COLUMN v")]
    [InlineData("TRUNCATE TABLE z")]
    [InlineData("RENAME TABLE z TO y")]
    [InlineData("DROP TABLE z")]
    [InlineData("CREATE TABLE n (id INT PRIMARY KEY) ENGINE=InnoDB")]
    [InlineData("CREATE OR REPLACE TABLE z (id INT PRIMARY KEY) ENGINE=InnoDB")]
    public async Task While_it_is_dumped_is_dumped_anew(string statement)
    {
        await bench.MakeAsync("altered");
        var altered = 0;
        var reporter = new Listener { Heard = text => Do(text, "Dumped altered.a", () => Interlocked.Exchange(ref altered, 1) == 0 ? ["USE altered", statement] : []) };

        var dump = await bench.DumpAsync("altered", "altered", reporter: reporter);
        var after = await bench.DumpAsync("altered", "after");

        Assert.Single(reporter.Messages, message => message.Contains("starts anew", StringComparison.Ordinal));
        Assert.Equal(after.DataVersion, dump.DataVersion);
        Assert.Equal(bench.Contents("after"), bench.Contents("altered"));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Again_and_again_is_not_dumped()
    {
        await bench.MakeAsync("altered");
        await bench.DumpAsync("altered", "altered");
        var before = bench.Contents("altered");
        var number = 0;
        await bench.ExecuteAsync("INSERT INTO altered.a VALUES (5000, 0, '')");
        var reporter = new Listener { Heard = text => Do(text, "Dumped altered.a", () => [$"ALTER TABLE altered.z ADD COLUMN w{number++} INT"]) };

        var e = await Assert.ThrowsAsync<StillframeException>(() => bench.DumpAsync("altered", "altered", reporter: reporter));

        Assert.Equal(ErrorCodes.MasterNotDumped, e.Code);
        Assert.Contains("altered.z", e.Message, StringComparison.Ordinal);
        Assert.Equal(4, number);
        Assert.Equal(before, bench.Contents("altered"));
        Assert.Equal(["altered"], Directory.EnumerateFileSystemEntries(bench.Work).Select(Path.GetFileName));
    }

    public void Dispose() => bench.Dispose();

    void Do(string text, string when, Func<string[]> statements)
    {
        if (text.StartsWith(when, StringComparison.Ordinal))
            Task.Run(() => bench.ExecuteAsync(statements())).GetAwaiter().GetResult();
    }
}
