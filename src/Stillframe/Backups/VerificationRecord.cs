using System.Globalization;
using System.Text.Json;
using Stillframe.Destinations;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>What a trial restore found, as it is kept beside the backup.</summary>
/// <param name="Server">That it was restored into.</param>
/// <param name="Compared">Tables whose checksum was that of the master.</param>
/// <param name="Counted">Tables that only their number of rows was compared of.</param>
/// <param name="Rows">Null where the backup is encrypted.</param>
sealed record VerificationRecord(Digest Backup, DateTimeOffset Time, string Server, int Compared, int Counted, long? Rows)
{
    /// <summary>Puts it under a tag that is named for the backup's digest.</summary>
    /// <exception cref="StillframeException">SF3002 to SF3010.</exception>
    public async Task PushAsync(Reference repository, StoredBackup backup, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        var config = Blob.OfBytes(MediaTypes.OciEmpty, "{}"u8.ToArray()); // OCI image specification, "Guidance for an Empty Descriptor"
        var result = Blob.OfBytes(BackupFormat.VerificationResult, JsonSerializer.SerializeToUtf8Bytes(this, Wire.Options));
        var manifest = new ManifestJson(
            2,
            MediaTypes.OciManifest,
            config.Descriptor,
            [result.Descriptor],
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                [LabelNames.Created] = Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                [LabelNames.ServerVersion] = Server,
                [LabelNames.PackageVersion] = FrameDescription.PackageVersion,
            })
        {
            ArtifactType = BackupFormat.Verification,
            Subject = new(MediaTypes.OciManifest, Backup, backup.ManifestSize),
        };
        var image = new OciImage(Blob.OfBytes(MediaTypes.OciManifest, Wire.Write(manifest)), config, [result]);
        await new RegistryDestination(repository, options).DeliverAsync(image, [BackupFormat.VerificationTagOf(Backup)], reporter, cancellationToken);
    }

    /// <summary>When the backup was verified, as a manifest says it; null where it is no record of this backup.</summary>
    public static DateTimeOffset? TimeOf(RegistryManifest manifest, Digest backup) =>
        StoredBackup.Parse(manifest) is { ArtifactType: BackupFormat.Verification } json && json.Subject?.Digest == backup
            ? StoredBackup.TimeOf(json)
            : null;
}
