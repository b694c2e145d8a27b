using Stillframe.Dumps;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>Reads backups of one repository.</summary>
sealed class BackupRepository(RegistryClient client)
{
    /// <summary>The newest backup there; null where there is none.</summary>
    /// <exception cref="StillframeException">SF6001: frames or something else are there.</exception>
    public async Task<StoredBackup?> LatestAsync(CancellationToken cancellationToken)
    {
        if (await client.FindManifestAsync(FrameTags.Newest, cancellationToken) is not null)
            throw NotBackups(client, "it is the repository of frames");
        return await client.GetManifestAsync(BackupFormat.Latest, cancellationToken) is { } latest
            ? StoredBackup.Read(latest) ?? throw NotBackups(client, $"its tag '{BackupFormat.Latest}' is an image or an artifact of another kind")
            : null;
    }

    /// <exception cref="StillframeException">SF3009: there is none; SF6001: it is something else.</exception>
    public async Task<StoredBackup> RequireAsync(Reference reference, CancellationToken cancellationToken)
    {
        var manifest = await client.GetManifestAsync(reference.ManifestName, cancellationToken)
            ?? throw new StillframeException(ErrorCodes.ImageMissing, $"The backup '{reference}' is not there. 'stillframe backups {reference.Name}' lists those that are.");
        return StoredBackup.Read(manifest)
            ?? throw new StillframeException(ErrorCodes.NotABackup, $"'{reference}' is no backup of a dump, but an image or an artifact of another kind. Name one that 'stillframe backup' made.");
    }

    /// <summary>Every tag, with what is found under it.</summary>
    public async Task<IReadOnlyList<(string Tag, RegistryManifest Manifest)>> ReadTagsAsync(CancellationToken cancellationToken)
    {
        var found = await EachRequest.AskAsync(client.ListTagsAsync(cancellationToken), async (tag, token) => (Tag: tag, Manifest: await client.GetManifestAsync(tag, token)), cancellationToken);
        return [.. found.Where(one => one.Manifest is not null).Select(one => (one.Tag, one.Manifest!))];
    }

    /// <summary>A backup's <c>dump.json</c>, whose files are the artifact's.</summary>
    /// <exception cref="StillframeException">SF3005, SF6001; SF6006, SF6008, SF6009: it is encrypted.</exception>
    public async Task<(DumpManifest Dump, byte[] Json, BackupOrigin Origin)> ReadDumpAsync(StoredBackup backup, CancellationToken cancellationToken)
    {
        var origin = new BackupOrigin(client.Registry, client.Repository);
        var json = await RemoteBlobs.BytesAsync(client, backup.Manifest.Config, cancellationToken);
        if (backup.IsEncrypted)
            (json, origin) = await EncryptedDump.ReadAsync(client, backup, Wire.Read<EncryptedDump>(json, $"The configuration of {backup.Digest}"), cancellationToken);
        var layers = backup.Manifest.Layers.ToLookup(layer => layer.Annotations?.GetValueOrDefault(LabelNames.Title) ?? "", layer => layer.Digest.Hex);
        if (DumpManifest.Parse(json) is not { Format: DumpManifest.CurrentFormat } dump
            || dump.Files.Any(file => file.Name != Path.GetFileName(file.Name) || !(origin.Encrypted?.ContainsKey(file.Name) ?? layers[file.Name].Contains(file.Sha256))))
            throw new StillframeException(ErrorCodes.NotABackup, $"The backup {backup.Digest} in '{client.Registry}/{client.Repository}' has files that its {DumpManifest.FileName} does not name, or is of a later version. Take another backup, or a newer version of this program.");
        return (dump, json, origin);
    }

    static StillframeException NotBackups(RegistryClient client, string why) => new(
        ErrorCodes.NotABackup,
        $"'{client.Registry}/{client.Repository}' takes no backups: {why}. Name a repository for backups alone, such as '{Path.GetFileName(client.Repository).Replace("-db", "", StringComparison.Ordinal)}{DumpBackup.Suffix}': who may pull frames must not be able to pull the dump.");
}
