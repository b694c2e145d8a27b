using System.Diagnostics;
using Stillframe.Connections;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Masters;

namespace Stillframe.EndToEnd.Masters;

public sealed class DumpsWithinBounds(ChangingMaster master) : IClassFixture<ChangingMaster>, IDisposable
{
    readonly MasterBench bench = new(master.Loads);

    [NeedsFact(Need.LocalServer)]
    public async Task Read_no_faster_than_they_may()
    {
        await bench.MakeAsync("slow");
        var reporter = new Listener();
        var clock = Stopwatch.StartNew();

        await bench.DumpAsync("slow", "slow", new() { Rate = 4, Connections = 2 }, reporter);

        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(0.25), $"{clock.Elapsed} for 1.2 MB"); // the last block need not be waited for
        Assert.DoesNotContain(reporter.Messages, message => message.Contains(" 0.0 s paused", StringComparison.Ordinal));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Pause_while_the_master_is_busy()
    {
        await bench.MakeAsync("paused");
        var sleepers = new List<ServerConnection>();
        for (var i = 0; i < 3; i++)
            sleepers.Add(await bench.Server.ConnectAsync());
        var ids = await Task.WhenAll(sleepers.Select(sleeper => sleeper.ScalarAsync("SELECT CONNECTION_ID()", default)));
        var asleep = sleepers.Select(sleeper => sleeper.ScalarAsync("SELECT SLEEP(1000)", default).ContinueWith(_ => { }, TaskScheduler.Default)).ToList(); // it may end with an error
        await using var watcher = await bench.Server.ConnectAsync();
        await Eventually.IsTrueAsync(async () => int.Parse((await watcher.QueryAsync("SHOW GLOBAL STATUS LIKE 'Threads_running'", default))[0][1]!) >= 4, () => "Nobody sleeps.");
        var reporter = new Listener();

        var dump = Task.Run(() => bench.DumpAsync("paused", "paused", new() { MaxThreadsRunning = 2 }, reporter));
        await Eventually.IsTrueAsync(() => reporter.Messages.Any(message => message.StartsWith("Paused", StringComparison.Ordinal)), () => "It does not pause.");
        Assert.DoesNotContain(reporter.Messages, message => message.StartsWith("Dumped", StringComparison.Ordinal));
        foreach (var id in ids)
            await watcher.ExecuteAsync($"KILL QUERY {id}", default);
        await Task.WhenAll(asleep);
        await dump;

        Assert.Contains(reporter.Messages, message => message.StartsWith("Goes on", StringComparison.Ordinal));
        foreach (var sleeper in sleepers)
            await sleeper.DisposeAsync();
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Stop_when_the_master_keeps_too_much_for_them()
    {
        await bench.MakeAsync("growing");
        await using var reader = await bench.Server.ConnectAsync();
        await reader.ExecuteAsync("START TRANSACTION WITH CONSISTENT SNAPSHOT", default);
        await bench.ExecuteAsync(Enumerable.Range(0, 100).Select(number => $"UPDATE growing.a SET v = {number} WHERE id = {number}"));

        var e = await Assert.ThrowsAsync<StillframeException>(() => bench.DumpAsync("growing", "growing", new() { MaxHistory = 20 }));

        Assert.Equal(ErrorCodes.MasterOverloaded, e.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.Work));
    }

    /// <summary>The dump's own snapshot is what keeps the old versions.</summary>
    [NeedsFact(Need.LocalServer)]
    public async Task Stop_while_they_read()
    {
        await bench.MakeAsync("growing");
        using var ended = new CancellationTokenSource();
        var updates = Task.CompletedTask;
        var reporter = new Listener { Heard = text => updates = text.StartsWith("Dumped growing.a", StringComparison.Ordinal) ? Task.Run(UpdateAsync) : updates };

        var e = await Assert.ThrowsAsync<StillframeException>(() => bench.DumpAsync("growing", "growing", new() { MaxHistory = 2000, Rate = 0.05 }, reporter));
        await ended.CancelAsync();
        await updates;

        Assert.Equal(ErrorCodes.MasterOverloaded, e.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.Work));

        async Task UpdateAsync()
        {
            await using var connection = await bench.Server.ConnectAsync();
            for (var number = 0; !ended.IsCancellationRequested; number++)
                await connection.ExecuteAsync($"UPDATE growing.m SET v = {number} WHERE id = {number % 1000}", default);
        }
    }

    [NeedsTheory(Need.LocalServer)]
    [InlineData(0, 0, 0)]
    [InlineData(1, -1, 0)]
    [InlineData(1, 0, -1)]
    public async Task That_make_no_sense_are_refused(int connections, double rate, int verifyEvery)
    {
        var e = await Assert.ThrowsAsync<StillframeException>(() => bench.DumpAsync("mysql", "never", new() { Connections = connections, Rate = rate, VerifyEvery = verifyEvery }));

        Assert.Equal(ErrorCodes.OptionInvalid, e.Code);
    }

    public void Dispose() => bench.Dispose();
}
