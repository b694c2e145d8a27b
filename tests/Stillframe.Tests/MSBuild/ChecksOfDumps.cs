using Stillframe.MSBuild;

namespace Stillframe.Tests.MSBuild;

public sealed class ChecksOfDumps : IDisposable
{
    static readonly DateTime longAgo = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    string Dump => Path.Combine(directory.Path, "dump.sql");

    string Script => Path.Combine(directory.Path, "script.sql");

    string Record => Path.Combine(directory.Path, "obj", "check");

    string Report => Path.Combine(directory.Path, "obj", "dump.json");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task See_other_rows_under_the_same_time_and_length()
    {
        var before = await CheckAsync("1");
        var after = await CheckAsync("2");

        Assert.NotEqual(before.Dump.DataVersion, after.Dump.DataVersion);
        Assert.Equal(after.Dump.DataVersion, (await Checker().SummaryAsync(default)).DataVersion);
    }

    [Fact]
    public async Task See_another_script_under_the_same_time_and_length()
    {
        await CheckAsync("1", script: "-- 1");
        var report = await ReplaceAccountsAsync(Report);
        var before = await CheckAsync("1", script: "-- 1");
        var after = await CheckAsync("1", script: "-- 2");

        Assert.NotEqual(before.Scripts[0].Sha256, after.Scripts[0].Sha256);
        Assert.Equal(report, FileStamp.Of(Report));
    }

    [Fact]
    public async Task Keep_what_they_know_of_a_file_that_was_only_touched()
    {
        await CheckAsync("1");
        var report = await ReplaceAccountsAsync(Report);

        await CheckAsync("1"); // written again, another stamp

        Assert.Equal(report, FileStamp.Of(Report));
    }

    [Fact]
    public async Task Read_nothing_while_nothing_changes()
    {
        Write(Dump, Text("1"));
        await ReplaceAccountsAsync(Dump);
        await Checker([]).CheckAsync(SilentReporter.Instance, default);
        var (record, report) = (await ReplaceAccountsAsync(Record), await ReplaceAccountsAsync(Report));

        var check = await Checker([]).CheckAsync(SilentReporter.Instance, default);

        Assert.Equal((record, report), (FileStamp.Of(Record), FileStamp.Of(Report)));
        Assert.NotNull(check.Dumps[0].Stamp);
    }

    [Fact]
    public async Task Do_not_trust_a_record_of_other_settings_or_one_that_is_broken()
    {
        var before = await CheckAsync("1");
        var named = await new DumpChecker([Dump], [Script], new() { DefaultSchema = "named" }, Report, Record).CheckAsync(SilentReporter.Instance, default);
        Assert.NotEqual(before.Dump.DataVersion, named.Dump.DataVersion);

        await File.WriteAllBytesAsync(Record, (await File.ReadAllBytesAsync(Record))[..^1]);
        Assert.Equal(before.Dump.DataVersion, (await CheckAsync("1")).Dump.DataVersion);
        File.Delete(Report);
        await CheckAsync("1");
        Assert.True(File.Exists(Report));
    }

    [Fact]
    public void Are_read_as_they_were_written()
    {
        CheckedFile[] dumps = [new("a\tb", 1, "c", new(1, 2, 3, ulong.MaxValue, 5)), new("d", 2, "e", null)];
        var check = new DumpCheck(
            "settings\nmore", dumps, [dumps[1]],
            new()
            {
                DataVersion = "fingerprint",
                Tables = [],
                Schemas = [],
                Files = [new("a\tb", 1, "c", null), new("d", 2, "e", "schema")],
                Source = new() { DumpTime = longAgo },
                OrderedBecause = "it is so",
            });
        var path = Path.Combine(directory.Path, "check");

        check.Write(path);
        var read = DumpCheck.Read(path)!;

        Assert.Equal((check.Settings, check.Dump.DataVersion, check.Dump.Source), (read.Settings, read.Dump.DataVersion, read.Dump.Source));
        Assert.Equal(check.Dumps, read.Dumps);
        Assert.Equal(check.Scripts, read.Scripts);
        Assert.Equal(check.Dump.Files, read.Dump.Files);
    }

    [Fact]
    public async Task Fail_anew_each_time_where_a_dump_is_bad()
    {
        await CheckAsync("1");
        Write(Dump, "CREATE TABLE a (b INT");

        for (var i = 0; i < 2; i++)
            Assert.Equal(ErrorCodes.DumpCutOff, (await Assert.ThrowsAsync<StillframeException>(() => Checker().CheckAsync(SilentReporter.Instance, default))).Code);
    }

    [Fact]
    public async Task Name_a_missing_script()
    {
        Write(Dump, Text("1"));
        Assert.Equal(ErrorCodes.DumpMissing, (await Assert.ThrowsAsync<StillframeException>(() => Checker().CheckAsync(SilentReporter.Instance, default))).Code);
    }

    async Task<DumpCheck> CheckAsync(string value, string script = "-- 1")
    {
        Write(Dump, Text(value));
        Write(Script, script);
        return await Checker().CheckAsync(SilentReporter.Instance, default);
    }

    DumpChecker Checker(string[]? scripts = null) => new([Dump], scripts ?? [Script], new(), Report, Record);

    static string Text(string value) => $"CREATE TABLE t (i int);INSERT INTO t VALUES ({value});";

    static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, longAgo);
    }

    static async Task<FileStamp> ReplaceAccountsAsync(string path)
    {
        while (true)
        {
            if (FileStamp.Of(path) is { } stamp && stamp.IsOld(DateTimeOffset.UtcNow))
                return stamp;
            await Task.Yield();
        }
    }
}
