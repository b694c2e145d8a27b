using Microsoft.Build.Framework;
using Stillframe.Backups;

namespace Stillframe.MSBuild;

/// <summary>Sends the project's dump directory to a registry, into a repository of its own.</summary>
public sealed class BackupDatabase : DatabaseTask
{
    /// <summary>That <see cref="DumpDatabase"/> made.</summary>
    public string DumpDirectory { get; set; } = "";

    /// <summary>That a relative <see cref="DumpDirectory"/> is in.</summary>
    public string BaseDirectory { get; set; } = "";

    public string Registry { get; set; } = "";

    [Required]
    public string Repository { get; set; } = "";

    /// <summary>Where frames go.</summary>
    public string ImageRepository { get; set; } = "";

    /// <summary>Who may read it, parted by <c>;</c>. Empty for everybody who may pull it.</summary>
    public string Recipient { get; set; } = "";

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        if (Setting.Optional(DumpDirectory) is not { } directory)
            throw new StillframeException(ErrorCodes.OptionInvalid, "What is to be backed up? Name one directory as the project's DatabaseDump (<DatabaseDump Include=\"data/shop.dump\" />), or set DatabaseDumpDirectory.");
        if (Setting.Optional(Registry) is not { } registry)
            throw new StillframeException(ErrorCodes.OptionInvalid, "Where is the backup to go? Set DatabaseImageRegistry or ContainerRegistry to a registry's host.");
        if (Repository == ImageRepository)
            throw new StillframeException(ErrorCodes.NotABackup, $"DatabaseBackupRepository is '{Repository}', where frames go. Set another one: who may pull frames must not be able to pull the dump.");
        var delivery = await DumpBackup.PushAsync(Path.Combine(BaseDirectory, directory), Oci.Reference.Of(registry, Repository), new() { Recipients = Recipient }, reporter, cancellationToken);
        reporter.Message(Importance.High, $"{delivery.Reference}, tags {string.Join(' ', delivery.Tags)}");
    }
}
