using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>Dumps a master into a directory: in one snapshot, without a lock, and what did not change since the last dump is not read again.</summary>
public static class MasterDump
{
    /// <summary>Name of the environment variable that programs take the connection string from: arguments are seen by every user of a machine.</summary>
    public const string Variable = "DatabaseMaster";

    /// <summary>So often a dump is begun while tables are altered.</summary>
    const int Attempts = 4;

    /// <inheritdoc cref="WriteAsync(string?, string, MasterDumpOptions, IReporter, CancellationToken)"/>
    public static Task<DumpManifest> WriteAsync(string? master, string directory, IReporter reporter, CancellationToken cancellationToken) =>
        WriteAsync(master, directory, new(), reporter, cancellationToken);

    /// <param name="master">A connection string, as ADO.NET providers take it; null is none.</param>
    /// <param name="directory">Where the dump is to be, and the last one perhaps is, which stays as it is until the new one is whole.</param>
    /// <exception cref="StillframeException">SF1101 the connection string or an option, SF3001, SF5001 to SF5003, SF5006, SF5007; SF1xxx for what a frame can't take.</exception>
    public static async Task<DumpManifest> WriteAsync(string? master, string directory, MasterDumpOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reporter);
        options.Check();
        var address = MasterAddress.Parse(master ?? "");
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        DumpExchange.Recover(target);
        if (Directory.Exists(target) && !File.Exists(Path.Combine(target, DumpManifest.FileName)) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new StillframeException(ErrorCodes.OptionInvalid, $"'{target}' has files that are no dump. Name another directory for the dump.");

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await new MasterDumping(address, target, options, reporter).RunAsync(cancellationToken);
            }
            catch (TableAlteredException e) when (attempt < Attempts)
            {
                reporter.Message(Importance.High, $"The master's tables were altered while they were dumped ({e.Message}). The dump starts anew.");
            }
            catch (TableAlteredException e)
            {
                throw new StillframeException(
                    ErrorCodes.MasterNotDumped, $"The master's tables were altered while they were dumped ({e.Message}), each of {Attempts} times. Dump when nobody alters them; the previous dump is as it was.", innerException: e);
            }
        }
    }
}
