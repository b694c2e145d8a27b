using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Frames;

namespace Stillframe.EndToEnd.Frames;

/// <summary>A disk without room gives one error with the directory and the need, never a hang, and nothing is left.</summary>
public sealed class BuildsOnSmallDisks : IDisposable
{
    const string InnoDb = "CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(200), KEY (b)) ENGINE=InnoDB;\n";
    const string MyIsam = "CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(200), KEY (b)) ENGINE=MyISAM;\n";
    const string Trigger = "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW SET NEW.a = NEW.a + 0;\n";

    readonly FrameWorkshop workshop = new();

    public void Dispose() => workshop.Dispose();

    [NeedsFact(Need.Apt, Need.Root)]
    public async Task Without_room_for_temporary_files_end_before_the_load()
    {
        await using var disk = await SmallDisk.MountAsync("size=30m");
        var reporter = new Hearing();

        var error = await FailAsync(On(disk, Dump(InnoDb)), reporter);

        Assert.Contains($"too little room in '{disk.Path}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("31 MB are free", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(reporter.Messages, message => message.StartsWith("Loading", StringComparison.Ordinal));
        Assert.Empty(disk.Entries);
    }

    [NeedsTheory(Need.Apt, Need.Root)]
    [InlineData(InnoDb)]
    [InlineData(MyIsam)] // whose server would wait for ever until somebody makes room
    [InlineData(MyIsam + Trigger)] // statement by statement
    public async Task That_get_full_while_rows_are_loaded_end(string table)
    {
        await using var disk = await SmallDisk.MountAsync("size=300m");

        var error = await FailAsync(On(disk, Dump(table)), new Hearing("Loading ", () => disk.Fill()));

        Assert.StartsWith($"The disk of '{disk.Path}' is full: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("A build of this dump takes about ", error.Message, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(disk.Path, "filler")], disk.Entries);
        Assert.Empty(Bench.ProcessesWith(disk.Path));
    }

    [NeedsTheory(Need.Apt, Need.Root)]
    [InlineData("Making the schema")] // before the server's system tables are made
    [InlineData("Linking: ")]
    public async Task That_get_full_at_another_step_end(string step)
    {
        await using var disk = await SmallDisk.MountAsync("size=300m");

        var error = await FailAsync(On(disk, Dump(InnoDb)), new Hearing(step, () => disk.Fill()));

        Assert.StartsWith($"The disk of '{disk.Path}' is full: ", error.Message, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(disk.Path, "filler")], disk.Entries);
    }

    [NeedsFact(Need.Apt, Need.Root)]
    public async Task Without_room_for_the_image_keep_nothing_of_it()
    {
        await using var disk = await SmallDisk.MountAsync("size=1m");

        var error = await FailAsync(workshop.Request([Dump(InnoDb)]) with { LayoutDirectory = Path.Combine(disk.Path, "layout") }, new Hearing());

        Assert.StartsWith($"The disk of '{disk.Path}/layout' is full: ", error.Message, StringComparison.Ordinal);
        Assert.Empty(disk.Entries);
    }

    [NeedsTheory(Need.Apt, Need.Root)]
    [InlineData("ro")]
    [InlineData("full")]
    public async Task With_a_cache_that_takes_nothing_go_on(string state)
    {
        await using var disk = await SmallDisk.MountAsync("size=1m");
        CacheOfTheRun.LinkServers(disk.Path);
        var dump = Dump(InnoDb);
        if (state == "full")
            disk.Fill();
        else
            await Command.SucceedAsync("mount", ["-o", "remount,ro", disk.Path]);
        var request = workshop.Request([dump]);

        var build = await FrameWorkshop.BuildAsync(request with { Engine = request.Engine with { CacheDirectory = disk.Path } });

        Assert.Equal(20_000, Assert.Single(build.Tables).Rows);
    }

    [NeedsFact(Need.Apt, Need.Root)]
    public async Task Without_room_for_the_server_end_before_apt_is_asked()
    {
        await using var disk = await SmallDisk.MountAsync("size=20m");
        var request = workshop.Request([Dump(InnoDb)]);
        var reporter = new Hearing();

        var error = await FailAsync(request with { Engine = request.Engine with { CacheDirectory = disk.Path } }, reporter);

        Assert.Contains($"'{disk.Path}/servers', which takes 128 MiB once (19 MiB are free)", error.Message.Replace("(20 MiB", "(19 MiB", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(reporter.Messages, message => message.StartsWith("Asking apt", StringComparison.Ordinal));
        Assert.Equal([".lock"], Directory.EnumerateFileSystemEntries(Path.Combine(disk.Path, "servers")).Select(Path.GetFileName));
    }

    [NeedsFact(Need.Apt, Need.Root)]
    public async Task Do_not_let_apt_try_for_ever()
    {
        await using var disk = await SmallDisk.MountAsync("size=12m");

        var error = await Assert.ThrowsAsync<StillframeException>(() => new PrivateApt(disk.Path).UpdateAsync(default));

        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Empty(Bench.ProcessesWith(disk.Path));
    }

    FrameRequest On(SmallDisk disk, string dump)
    {
        var request = workshop.Request([dump]);
        return request with { Incremental = false, Engine = request.Engine with { WorkDirectory = disk.Path } };
    }

    static async Task<StillframeException> FailAsync(FrameRequest request, IReporter reporter)
    {
        var error = await Assert.ThrowsAsync<StillframeException>(() => FrameBuilder.BuildAsync(request, reporter, CancellationToken.None));
        Assert.Equal(ErrorCodes.WriteFailed, error.Code);
        Assert.False(Directory.Exists(request.LayoutDirectory));
        return error;
    }

    /// <summary>5 MB of rows.</summary>
    string Dump(string table)
    {
        var padding = new string('x', 150);
        return workshop.Dump("small.sql", table + string.Concat(Enumerable.Range(0, 20).Select(n =>
            $"INSERT INTO t VALUES {string.Join(',', Enumerable.Range(n * 1000, 1000).Select(a => $"({a},'{a * 7919 % 20_011}{padding}')"))};\n")));
    }

    sealed class Hearing(string? start = null, Action? then = null) : IReporter
    {
        readonly Lock only = new();
        bool done;

        public List<string> Messages { get; } = [];

        public void Message(Importance importance, string text)
        {
            lock (only)
            {
                Messages.Add(text);
                if (done || start is null || !text.StartsWith(start, StringComparison.Ordinal))
                    return;
                done = true;
                then?.Invoke();
            }
        }

        public void Warning(string code, string text, SourceLocation? location = null) { }
    }
}
