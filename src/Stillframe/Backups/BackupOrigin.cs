using Stillframe.Oci;

namespace Stillframe.Backups;

/// <summary>Where the files of a fetched backup come from, as it lies beside them.</summary>
sealed record BackupOrigin(string Registry, string Repository)
{
    /// <summary>The program that decrypts them; null where they are not encrypted.</summary>
    public string? Cipher { get; init; }

    /// <summary>The encrypted file of each, by the name in the dump; null where they are not encrypted.</summary>
    public IReadOnlyDictionary<string, Descriptor>? Encrypted { get; init; }
}
