using System.Diagnostics;
using Stillframe.Backups;
using Stillframe.Oci;
using Stillframe.Retention;

namespace Stillframe.EndToEnd.Backups;

/// <summary>The process of a backup, a restore or a prune, to be killed.</summary>
static class BackupChild
{
    public const string Name = "backup";

    /// <param name="arguments">What is to be done, and its places.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["push", var directory, var repository]:
                await DumpBackup.PushAsync(directory, Reference.Parse(repository), new(), SilentReporter.Instance, default);
                break;
            case ["restore", var source, var target, var cache]:
                await DumpRestore.RunAsync(target, source, new(cache), SilentReporter.Instance, default);
                break;
            case ["prune", var repository]:
                await RegistryPrune.RunAsync(Reference.Parse(repository), [], new() { Last = 2 }, remove: true, SilentReporter.Instance, default);
                break;
        }

        return 0;
    }

    /// <summary>To its end where no time is given.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> RunAsync(TimeSpan? killAfter, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(BackupChild).Assembly.Location, Name, .. arguments]))!;
        if (killAfter is { } time)
        {
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(time));
            process.Kill();
        }

        await process.WaitForExitAsync();
        Assert.True(killAfter is not null || process.ExitCode == 0, $"{string.Join(' ', arguments)}: exit code {process.ExitCode}");
        return clock.Elapsed;
    }
}
