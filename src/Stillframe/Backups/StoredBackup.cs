using System.Globalization;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>A backup as its manifest describes it.</summary>
sealed record StoredBackup(Digest Digest, long ManifestSize, ManifestJson Manifest)
{
    /// <summary>Null where it is something else.</summary>
    public static StoredBackup? Read(RegistryManifest manifest) =>
        Parse(manifest) is { Layers: not null, Config.MediaType: BackupFormat.Config or BackupFormat.EncryptedConfig } json ? new(Digest.Of(manifest.Bytes), manifest.Bytes.Length, json) : null;

    /// <summary>Null where it is no manifest that can be read.</summary>
    public static ManifestJson? Parse(RegistryManifest manifest)
    {
        try
        {
            return MediaTypes.IsManifest(manifest.MediaType) ? Wire.Read<ManifestJson>(manifest.Bytes, "A manifest") : null;
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.LayoutInvalid)
        {
            return null;
        }
    }

    /// <summary>Of the master's state.</summary>
    public DateTimeOffset Time => TimeOf(Manifest) ?? DateTimeOffset.UnixEpoch;

    public string DataVersion => Annotation(LabelNames.DumpFingerprint) ?? "";

    public string Server => Annotation(LabelNames.SourceVersion) ?? "";

    /// <summary>In the master's log; null where it writes none.</summary>
    public string? Position => Annotation(LabelNames.BinlogFile) is { } file ? $"{file}:{Annotation(LabelNames.BinlogPosition)}" : Annotation(LabelNames.Gtid);

    public long Tables => Number(LabelNames.DumpTables);

    public long Rows => Number(LabelNames.DumpRows);

    public bool IsEncrypted => Manifest.Config.MediaType == BackupFormat.EncryptedConfig;

    /// <summary>Compressed bytes of all files, and of the manifest.</summary>
    public long Size => Manifest.Layers.DistinctBy(layer => layer.Digest).Sum(layer => layer.Size) + ManifestSize;

    public static DateTimeOffset? TimeOf(ManifestJson manifest) =>
        DateTimeOffset.TryParse(manifest.Annotations?.GetValueOrDefault(LabelNames.Created), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    string? Annotation(string name) => Manifest.Annotations?.GetValueOrDefault(name);

    long Number(string name) => long.TryParse(Annotation(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
