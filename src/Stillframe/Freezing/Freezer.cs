using Stillframe.Engines;

namespace Stillframe.Freezing;

/// <summary>A data directory that opens read-only: nothing in it waits for recovery, nothing in it belongs to the run that made it.</summary>
/// <param name="Path">A directory of this host.</param>
/// <param name="Release">The server's release, the only one that should open it.</param>
public sealed record FrozenDirectory(string Path, ServerRelease Release);

/// <summary>Turns the data directory of a server that was shut down cleanly into one that opens read-only.</summary>
public static class Freezer
{
    /// <summary>The smallest redo log that InnoDB takes; a server that writes nothing needs no more.</summary>
    const string RedoBytes = "4M";

    /// <exception cref="StillframeException">SF2005, SF2006, SF2010.</exception>
    public static async Task<FrozenDirectory> FreezeAsync(
        IWorkbench workbench, IReadOnlyList<string> dataShape, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workbench);
        ArgumentNullException.ThrowIfNull(reporter);
        reporter.Message(Importance.Normal, "Freezing: shrinking the redo log");
        await ShrinkRedoAsync(workbench, dataShape, cancellationToken);
        await ZeroFillAriaAsync(workbench, cancellationToken);
        var directory = await workbench.TakeDataDirectoryAsync(cancellationToken);
        Leftovers.Remove(directory);
        return new(directory, workbench.Release);
    }

    /// <summary>A start and a slow shutdown: InnoDB makes its log anew when its size is another than before.</summary>
    static async Task ShrinkRedoAsync(IWorkbench workbench, IReadOnlyList<string> dataShape, CancellationToken cancellationToken)
    {
        await using var server = await workbench.StartServerAsync(
            [
                $"--innodb-log-file-size={RedoBytes}", "--innodb-fast-shutdown=0", "--innodb-buffer-pool-dump-at-shutdown=0",
                "--innodb-buffer-pool-load-at-startup=0", "--skip-log-bin", "--skip-slave-start", "--skip-name-resolve", .. dataShape,
            ],
            cancellationToken);
        await server.ShutdownAsync(cancellationToken);
    }

    /// <summary>
    /// Aria tables name the transaction log they were written under, and refuse to open under another. The frame's server makes an empty
    /// one in memory at each start, so the system tables must name none.
    /// </summary>
    static async Task ZeroFillAriaAsync(IWorkbench workbench, CancellationToken cancellationToken)
    {
        var files = await workbench.FindDataFilesAsync(".MAI", cancellationToken);
        var tables = files.Select(file => $"{workbench.DataDirectory}/{file}");
        var result = await workbench.RunAsync(
            "aria_chk",
            ["--zerofill", "--silent", $"--datadir={workbench.DataDirectory}", $"--tmpdir={workbench.RunDirectory}", .. tables],
            null,
            cancellationToken);
        if (result.ExitCode != 0)
            throw new StillframeException(ErrorCodes.FreezeFailed, $"aria_chk could not zero-fill the system tables (exit code {result.ExitCode}): {result.Said}");
    }
}
