using Stillframe.Dumps;
using Stillframe.Encryption;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>The configuration of an encrypted backup: anybody may read it.</summary>
/// <param name="Format">Of this record.</param>
/// <param name="Encryption">The program, <c>age</c> or <c>gpg</c>.</param>
sealed record EncryptedDump(int Format, string Encryption)
{
    public const int CurrentFormat = 1;

    /// <summary>Decrypts a backup's <c>dump.json</c>, which has the SHA-256 of every other file as it was before.</summary>
    /// <exception cref="StillframeException">SF3005, SF6001, SF6006, SF6008, SF6009.</exception>
    public static async Task<(byte[] Json, BackupOrigin Origin)> ReadAsync(RegistryClient client, StoredBackup backup, EncryptedDump config, CancellationToken cancellationToken)
    {
        var cipher = config.Format == CurrentFormat ? Cipher.Find(config.Encryption) : null;
        var files = cipher is null ? [] : Files(backup.Manifest, cipher);
        if (cipher is null || !files.Remove(DumpManifest.FileName, out var sealedJson))
            throw new StillframeException(ErrorCodes.NotABackup, $"The backup {backup.Digest} in '{client.Registry}/{client.Repository}' has no encrypted {DumpManifest.FileName}, or is encrypted in a way of a later version. Take another backup, or a newer version of this program.");
        using var encrypted = new MemoryStream(await RemoteBlobs.BytesAsync(client, sealedJson, cancellationToken), writable: false);
        using var json = new MemoryStream();
        await cipher.DecryptAsync(encrypted, json, $"'{DumpManifest.FileName}{cipher.Suffix}' of the backup {backup.Digest}", cancellationToken);
        return (json.ToArray(), new(client.Registry, client.Repository) { Cipher = cipher.Name, Encrypted = files });
    }

    /// <summary>By their names in the dump.</summary>
    public static Dictionary<string, Descriptor> Files(ManifestJson manifest, Cipher cipher)
    {
        var files = new Dictionary<string, Descriptor>(StringComparer.Ordinal);
        foreach (var layer in manifest.Layers)
            if (layer.Annotations?.GetValueOrDefault(LabelNames.Title) is { } title && title.EndsWith(cipher.Suffix, StringComparison.Ordinal))
                files.TryAdd(title[..^cipher.Suffix.Length], layer);
        return files;
    }
}
