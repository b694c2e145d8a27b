using Stillframe.Masters;

namespace Stillframe.MSBuild;

/// <summary>
/// Dumps a master into the directory that the project's build takes as its dump. The connection string is no parameter: MSBuild writes the properties of a build, and the
/// environment variables that became some, into its logs.
/// </summary>
public sealed class DumpDatabase : DatabaseTask
{
    /// <summary>Where the dump is to be.</summary>
    public string DumpDirectory { get; set; } = "";

    /// <summary>That a relative <see cref="DumpDirectory"/> is in.</summary>
    public string BaseDirectory { get; set; } = "";

    /// <summary>Where none is named, the dump stays as it is.</summary>
    public bool MasterIsOptional { get; set; }

    /// <summary>As <see cref="MasterDumpOptions"/> has them; so are the following.</summary>
    public string Connections { get; set; } = "";

    /// <inheritdoc cref="MasterDumpOptions.Rate"/>
    public string Rate { get; set; } = "";

    /// <inheritdoc cref="MasterDumpOptions.MaxThreadsRunning"/>
    public string MaxThreadsRunning { get; set; } = "";

    /// <inheritdoc cref="MasterDumpOptions.MaxHistory"/>
    public string MaxHistory { get; set; } = "";

    /// <inheritdoc cref="MasterDumpOptions.VerifyEvery"/>
    public string VerifyEvery { get; set; } = "";

    /// <inheritdoc cref="MasterDumpOptions.Changes"/>
    public string Changes { get; set; } = "";

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        if (MasterIsOptional && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(MasterDump.Variable)))
        {
            reporter.Message(Importance.High, $"The environment variable {MasterDump.Variable} names no master: the dump is taken as it is");
            return;
        }

        if (Setting.Optional(DumpDirectory) is not { } directory || File.Exists(directory))
            throw new StillframeException(
                ErrorCodes.OptionInvalid,
                "Where is the dump to be? Name one directory as the project's DatabaseDump (<DatabaseDump Include=\"data/shop.dump\" />), or set DatabaseDumpDirectory.");
        if (directory.Contains("oci:/", StringComparison.OrdinalIgnoreCase))
            throw new StillframeException(ErrorCodes.OptionInvalid, "The project's DatabaseDump is a backup in a registry, which is no place to dump to. Set DatabaseDumpDirectory, and then back up: dotnet build -t:BackupDatabase.");
        var manifest = await MasterDump.WriteAsync(
            Environment.GetEnvironmentVariable(MasterDump.Variable), Path.Combine(BaseDirectory, directory), DumpSetting.Options(Connections, Rate, MaxThreadsRunning, MaxHistory, VerifyEvery, Changes), reporter, cancellationToken);
        reporter.Message(Importance.High, $"'{directory}' has data version {manifest.DataVersion[..12]} of {manifest.Time:u}");
    }
}
