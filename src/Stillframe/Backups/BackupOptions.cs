using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>How a dump directory is backed up.</summary>
public sealed record BackupOptions
{
    /// <summary>Who may read the backup, parted by <c>;</c>: public keys of age or SSH, or fingerprints or addresses of OpenPGP keys. Empty: whoever may pull it.</summary>
    public string Recipients { get; init; } = "";

    /// <summary>The way to the registry.</summary>
    public RegistryOptions Registry { get; init; } = new();

    /// <summary>Where encrypted files are written until they are sent, and the key is by which unchanged ones are found again.</summary>
    public string CacheDirectory { get; init; } = UserCache.Directory;
}
