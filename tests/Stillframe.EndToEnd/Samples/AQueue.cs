using System.Globalization;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Processes;
using Stillframe.TestRuns;

namespace Stillframe.EndToEnd.Samples;

/// <summary>The samples' queue, and workers as processes of their own.</summary>
sealed class AQueue(LabelsFixture museum, Random random) : IAsyncDisposable
{
    const string Done = "SELECT COUNT(*) FROM work.job WHERE done IS NOT NULL";

    readonly List<SupervisedProcess> workers = [];

    public IReadOnlyList<SupervisedProcess> Workers => workers;

    /// <summary>Puts jobs for any objects into the queue.</summary>
    public Task AskAsync(int jobs) => museum.Master.ExecuteAsync(
        $"INSERT INTO work.job (object) VALUES {string.Join(", ", Enumerable.Range(0, jobs).Select(_ => string.Create(CultureInfo.InvariantCulture, $"({random.Next(300) + 1})")))}");

    public void Start(FrameOnAPort frame) => workers.Add(SupervisedProcess.Start(
    [
        "env", "DOTNET_TieredPGO=0", $"ConnectionStrings__Frame={frame.Address("labels")}", $"ConnectionStrings__Master={museum.MasterAddress}", "dotnet", Path.Combine(AppContext.BaseDirectory, "Labels.Worker.dll"),
    ]));

    /// <summary>SIGKILL: nothing of it runs to an end.</summary>
    public async Task KillAsync(int number)
    {
        await workers[number].DisposeAsync();
        workers.RemoveAt(number);
    }

    /// <summary>SIGTERM, to all at once.</summary>
    /// <returns>Their exit codes.</returns>
    public async Task<int[]> EndAsync()
    {
        foreach (var worker in workers)
            await worker.SignalAsync("TERM");
        var codes = await Task.WhenAll(workers.Select(worker => worker.Exited));
        workers.Clear();
        return codes;
    }

    /// <summary>Until so many more jobs are done than now.</summary>
    public async Task WaitAsync(int more) => await WaitUntilAsync(await NumberAsync(Done) + more);

    public async Task WaitForAllAsync() => await WaitUntilAsync(await NumberAsync("SELECT COUNT(*) FROM work.job"));

    /// <summary>Until the server has this answer.</summary>
    public Task UntilAsync(string query, string answer) => Eventually.IsTrueAsync(async () => await museum.ScalarAsync(query) == answer, Logs);

    public async Task<long> NumberAsync(string query) => long.Parse((await museum.ScalarAsync(query))!, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
            await worker.DisposeAsync();
    }

    Task WaitUntilAsync(long done) => Eventually.IsTrueAsync(async () => await NumberAsync(Done) >= done, Logs);

    string Logs() => string.Join("\n\n", workers.Select(worker => worker.LogTail));
}
