using System.Globalization;
using Stillframe.Destinations;
using Stillframe.Dumps;
using Stillframe.Encryption;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>Sends a dump directory to a registry, in a repository that is not the frames': who may pull those must not get the backup, in which nothing is masked.</summary>
public static class DumpBackup
{
    /// <summary>What a repository of backups is called after: <c>shop-dump</c> beside <c>shop-db</c>.</summary>
    public const string Suffix = "-dump";

    /// <param name="directory">That <see cref="Masters.MasterDump"/> made.</param>
    /// <param name="repository">Its tag is not looked at.</param>
    /// <exception cref="StillframeException">SF1015 the directory is not whole; SF6001 the repository holds something else; SF6006, SF6007 it can't be encrypted; SF3001 to SF3010. No tag is set then.</exception>
    public static async Task<Delivery> PushAsync(string directory, Reference repository, BackupOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reporter);
        _ = DumpDirectory.Files([RequireDirectory(directory)]); // sees that they are there
        var json = await File.ReadAllBytesAsync(Path.Combine(directory, DumpManifest.FileName), cancellationToken);
        var dump = DumpManifest.Parse(json) ?? throw Broken(directory, $"has a {DumpManifest.FileName} that was changed just now. Back up again.");
        var recipients = await Recipients.ResolveAsync(options.Recipients, cancellationToken);
        using var client = new RegistryClient(repository.Registry, repository.Repository, RegistryAccess.Push, options.Registry, reporter);
        await client.CheckPushAsync(cancellationToken);
        var latest = await new BackupRepository(client).LatestAsync(cancellationToken);
        if (recipients is null && latest is { IsEncrypted: true })
            throw new StillframeException(ErrorCodes.BackupNotEncrypted, $"The backups in '{repository.Name}' are encrypted, and this one would not be: it has no recipient, and nothing was sent. Name one (DatabaseBackupRecipient, --recipient), or another repository.");
        await using var work = recipients is null ? null : TemporaryDirectory.Create(PrivateFiles.MakeDirectory(Path.Combine(options.CacheDirectory, "encrypted")));
        var image = recipients is null
            ? await PlainAsync(directory, dump, json, cancellationToken)
            : await new EncryptedImage(recipients, await ContentKey.GetAsync(options.CacheDirectory, cancellationToken), client, latest, work!.Path).OfAsync(directory, dump, json, cancellationToken);

        var tag = await FreeTagAsync(client, dump.Time, image.Digest, cancellationToken);
        var delivery = await new RegistryDestination(repository, options.Registry).DeliverAsync(image, [tag], reporter, cancellationToken);
        var isNewest = latest is null || latest.Time <= dump.Time;
        if (isNewest)
            await MoveLatestAsync(client, image, reporter, cancellationToken);
        var how = recipients is null ? "" : $", encrypted by {recipients.Cipher.Name} to {recipients.Names.Count} {(recipients.Names.Count == 1 ? "recipient" : "recipients")}";
        reporter.Message(
            Importance.High,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Backed up {dump.Files.Count(file => file.Table is not null):N0} tables as {repository.WithTag(tag)}{how}: {ByteCount.Text(delivery.BytesSent)} of {ByteCount.Text(image.Size)} sent, the rest was there"));
        return delivery with { Tags = isNewest ? [tag, BackupFormat.Latest] : [tag] };
    }

    static async Task<OciImage> PlainAsync(string directory, DumpManifest dump, byte[] json, CancellationToken cancellationToken)
    {
        // also those that the registry has already: nobody else looks at the directory for so long as its tables stay as they are
        await Parallel.ForEachAsync(dump.Files, cancellationToken, async (file, token) => await DumpFileCheck.RequireAsync(directory, file, token));
        return BackupImage.Of(directory, dump, json);
    }

    /// <summary>Two masters may have been dumped in one second.</summary>
    static async Task<string> FreeTagAsync(RegistryClient client, DateTimeOffset time, Digest digest, CancellationToken cancellationToken)
    {
        var tag = BackupFormat.TagOf(time);
        return await client.FindManifestAsync(tag, cancellationToken) is { } there && there != digest ? $"{tag}-{digest.Hex[..8]}" : tag;
    }

    static async Task MoveLatestAsync(RegistryClient client, OciImage image, IReporter reporter, CancellationToken cancellationToken)
    {
        await using var manifest = await image.Manifest.Open(cancellationToken);
        using var bytes = new MemoryStream();
        await manifest.CopyToAsync(bytes, cancellationToken);
        try
        {
            await client.PutManifestAsync(BackupFormat.Latest, MediaTypes.OciManifest, bytes.ToArray(), cancellationToken);
        }
        catch (StillframeException e) when (e.Code is ErrorCodes.RegistryFailed or ErrorCodes.RegistryDenied)
        {
            reporter.Message(Importance.High, $"The tag '{BackupFormat.Latest}' is not moved to it, which some registries do not allow. {e.Message}");
        }
    }

    static string RequireDirectory(string directory) => Directory.Exists(directory)
        ? directory
        : throw Broken(directory, "is no directory. Name one that DumpDatabase made ('stillframe dump DIRECTORY').");

    static StillframeException Broken(string directory, string what) => new(ErrorCodes.DumpDirectoryBroken, $"'{directory}' {what}", new(directory));
}
