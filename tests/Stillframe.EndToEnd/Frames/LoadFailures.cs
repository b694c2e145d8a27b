using System.Diagnostics;
using System.Globalization;
using System.Text;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Loading;

namespace Stillframe.EndToEnd.Frames;

/// <summary>Each failure gives its one error and leaves nothing behind: no process, no file, no frame.</summary>
public sealed class LoadFailures : IDisposable
{
    const string FileOfServer = "t.ibd";

    readonly FrameWorkshop workshop = new();

    [NeedsFact(Need.Apt)]
    public async Task A_statement_that_the_server_refuses_is_named_with_file_and_line()
    {
        var dump = workshop.Dump("bad.sql", "CREATE TABLE t (a INT);\n\nINSERT INTO t VALUES (1);\nINSERT INTO missing VALUES (1);\n");
        var error = await FailAsync(workshop.Request([dump]));
        Assert.Equal(ErrorCodes.StatementFailed, error.Code);
        Assert.Equal((dump, 4), (error.Location?.File, error.Location?.Line));
        Assert.Contains("1146", error.Message, StringComparison.Ordinal);
        Assert.Contains("INSERT INTO missing VALUES (1)", error.Message, StringComparison.Ordinal);
    }

    [NeedsFact(Need.Apt)]
    public async Task A_script_that_fails_is_named_with_file_and_line()
    {
        var dump = workshop.Dump("good.sql", "CREATE TABLE t (a INT);\n");
        var script = workshop.Dump("script.sql", "CREATE VIEW v AS SELECT a FROM t;\nCREATE INDEX i ON t (b);\n");
        var error = await FailAsync(workshop.Request([dump]) with { Scripts = [script] });
        Assert.Equal((ErrorCodes.StatementFailed, script, 2), (error.Code, error.Location?.File, error.Location?.Line));
    }

    [NeedsFact(Need.Apt)]
    public async Task A_server_that_dies_is_told_with_its_last_words()
    {
        var started = new Awaited("Loading ");
        var loading = FailAsync(workshop.Request([BigDump()]) with { Compiler = CompilerKind.Server }, reporter: started);
        await Task.WhenAny(started.Seen, loading);
        await RowsArriveAsync(loading, FileOfServer);
        Server().Kill();
        var error = await loading;
        Assert.Equal(ErrorCodes.ServerDied, error.Code);
        Assert.Contains("ended while it was loading", error.Message, StringComparison.Ordinal);
    }

    [NeedsFact(Need.Apt, Need.Root)]
    public async Task A_full_disk_while_packing_leaves_the_frame_that_was_there()
    {
        var dump = workshop.Dump("small.sql", "CREATE TABLE t (a INT);\nINSERT INTO t VALUES (1);\n");
        var before = await FrameWorkshop.BuildAsync(workshop.Request([dump]));

        var small = workshop.PathOf("small");
        Directory.CreateDirectory(small);
        await Command.SucceedAsync("mount", ["-t", "tmpfs", "-o", "size=200m", "tmpfs", small]);
        try
        {
            var request = workshop.Request([workshop.Dump("other.sql", "CREATE TABLE t (a INT);\nINSERT INTO t VALUES (2);\n")]);
            var filler = Path.Combine(small, "filler");
            var error = await FailAsync(
                request with { Engine = request.Engine with { WorkDirectory = small } }, layoutStays: true, new Awaited("Packing ", () => Fill(filler)));
            Assert.Equal(ErrorCodes.WriteFailed, error.Code);
            Assert.Equal([filler], Directory.EnumerateFileSystemEntries(small));
        }
        finally
        {
            await Command.SucceedAsync("umount", [small]);
        }

        Assert.True((await FrameWorkshop.BuildAsync(workshop.Request([dump]))).Reused, $"The frame of {before.DataVersion} is gone.");
    }

    [NeedsTheory(Need.Apt)]
    [InlineData(CompilerKind.Server, FileOfServer)]
    [InlineData(CompilerKind.Auto, "????????.???")]
    public async Task Cancelling_the_load_leaves_nothing(CompilerKind compiler, string file)
    {
        using var cancel = new CancellationTokenSource();
        var started = new Awaited("Loading ");
        var loading = FrameBuilder.BuildAsync(workshop.Request([BigDump()]) with { Compiler = compiler }, started, cancel.Token);
        await Task.WhenAny(started.Seen, loading);
        await RowsArriveAsync(loading, file);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
        AssertNothingLeft();
    }

    [NeedsFact(Need.Apt)]
    public async Task An_empty_password_needs_permission()
    {
        var request = workshop.Request([workshop.Dump("t.sql", "CREATE TABLE t (a INT);\n")]);
        var error = await FailAsync(request with { Reader = new("reader", "", AllowEmptyPassword: false) });
        Assert.Equal(ErrorCodes.ReaderPasswordMissing, error.Code);
    }

    [NeedsFact(Need.Docker)]
    public async Task A_base_image_that_is_nowhere_is_told_with_the_engines_words()
    {
        var request = workshop.Request([workshop.Dump("t.sql", "CREATE TABLE t (a INT);\n")], EngineKind.Docker);
        var error = await FailAsync(request with { Engine = request.Engine with { BaseImage = "127.0.0.1:1/nobody/nothing:1" } });
        Assert.Equal(ErrorCodes.BaseImageMissing, error.Code);
        Assert.Contains("127.0.0.1:1/nobody/nothing:1", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => workshop.Dispose();

    static void Fill(string path)
    {
        using var file = File.Create(path);
        try
        {
            while (true)
                file.Write(new byte[64 * 1024]);
        }
        catch (IOException)
        {
            // full
        }
    }

    async Task<StillframeException> FailAsync(FrameRequest request, bool layoutStays = false, IReporter? reporter = null)
    {
        var error = await Assert.ThrowsAsync<StillframeException>(
            () => FrameBuilder.BuildAsync(request, reporter ?? SilentReporter.Instance, CancellationToken.None));
        Assert.Equal(layoutStays, Directory.Exists(request.LayoutDirectory));
        AssertNothingLeft();
        return error;
    }

    void AssertNothingLeft()
    {
        Assert.Empty(Bench.ProcessesWith(workshop.PathOf("work")));
        if (Directory.Exists(workshop.PathOf("work")))
            Assert.Empty(Directory.EnumerateFileSystemEntries(workshop.PathOf("work")));
    }

    /// <summary>Waits until the table's file has some of <see cref="BigDump"/>, and has most of it still before it.</summary>
    Task RowsArriveAsync(Task loading, string name)
    {
        bool Arrived(string file)
        {
            try
            {
                return new FileInfo(file).Length > 1 << 20;
            }
            catch (FileNotFoundException)
            {
                return false;
            }
        }

        return Eventually.IsTrueAsync(
            () => loading.IsCompleted || Directory.EnumerateFiles(workshop.PathOf("work"), name, SearchOption.AllDirectories).Any(Arrived),
            () => "No row has arrived.");
    }

    /// <summary>Takes a server several seconds.</summary>
    string BigDump()
    {
        var path = workshop.PathOf("big.sql");
        using var file = new StreamWriter(path, append: false, Encoding.ASCII);
        file.Write("CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(200), KEY (b));\n");
        var padding = new string('x', 150);
        for (var i = 0; i < 400_000; i += 1000)
            file.Write($"INSERT INTO t VALUES {string.Join(',', Enumerable.Range(i, 1000).Select(a => $"({a},'{a * 7919 % 400_009}{padding}')"))};\n");
        return path;
    }

    /// <summary>The server that loads; the shell that holds it has the same arguments, after its own.</summary>
    Process Server()
    {
        var line = Bench.ProcessesWith(workshop.PathOf("work")).Single(line => !line.Contains("/bin/sh", StringComparison.Ordinal));
        return Process.GetProcessById(int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>Sees a message come, and may do something about it.</summary>
    sealed class Awaited(string start, Action? then = null) : IReporter
    {
        readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => seen.Task;

        public void Message(Importance importance, string text)
        {
            if (!text.StartsWith(start, StringComparison.Ordinal))
                return;
            then?.Invoke();
            seen.TrySetResult();
        }

        public void Warning(string code, string text, SourceLocation? location = null) { }
    }
}
