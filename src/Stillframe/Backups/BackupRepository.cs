using System.Collections.Concurrent;
using Stillframe.Dumps;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>Reads backups of one repository.</summary>
sealed class BackupRepository(RegistryClient client)
{
    const int RequestsAtATime = 4;

    /// <summary>Whether a dump of this time is the newest one there.</summary>
    /// <exception cref="StillframeException">SF6001: frames or something else are there.</exception>
    public static async Task<bool> IsNewestAsync(RegistryClient client, DateTimeOffset time, CancellationToken cancellationToken)
    {
        if (await client.FindManifestAsync(FrameTags.Newest, cancellationToken) is not null)
            throw NotBackups(client, "it is the repository of frames");
        if (await client.GetManifestAsync(BackupFormat.Latest, cancellationToken) is not { } latest)
            return true;
        return (StoredBackup.Read(latest) ?? throw NotBackups(client, $"its tag '{BackupFormat.Latest}' is an image or an artifact of another kind")).Time <= time;
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
        var found = new ConcurrentBag<(string, RegistryManifest)>();
        var settings = new ParallelOptions { MaxDegreeOfParallelism = RequestsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(client.ListTagsAsync(cancellationToken), settings, async (tag, token) =>
        {
            if (await client.GetManifestAsync(tag, token) is { } manifest)
                found.Add((tag, manifest));
        });
        return [.. found];
    }

    /// <summary>A backup's <c>dump.json</c>, whose files are the artifact's.</summary>
    /// <exception cref="StillframeException">SF3005, SF6001.</exception>
    public async Task<(DumpManifest Dump, byte[] Json)> ReadDumpAsync(StoredBackup backup, CancellationToken cancellationToken)
    {
        var json = await RemoteBlobs.BytesAsync(client, backup.Manifest.Config, cancellationToken);
        var layers = backup.Manifest.Layers.ToLookup(layer => layer.Annotations?.GetValueOrDefault(LabelNames.Title) ?? "", layer => layer.Digest.Hex);
        if (DumpManifest.Parse(json) is not { Format: DumpManifest.CurrentFormat } dump
            || dump.Files.Any(file => file.Name != Path.GetFileName(file.Name) || !layers[file.Name].Contains(file.Sha256)))
            throw new StillframeException(ErrorCodes.NotABackup, $"The backup {backup.Digest} in '{client.Registry}/{client.Repository}' has files that its {DumpManifest.FileName} does not name, or is of a later version. Take another backup, or a newer version of this program.");
        return (dump, json);
    }

    static StillframeException NotBackups(RegistryClient client, string why) => new(
        ErrorCodes.NotABackup,
        $"'{client.Registry}/{client.Repository}' takes no backups: {why}. Name a repository for backups alone, such as '{Path.GetFileName(client.Repository).Replace("-db", "", StringComparison.Ordinal)}{DumpBackup.Suffix}': who may pull frames must not be able to pull the dump.");
}
