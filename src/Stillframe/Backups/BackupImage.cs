using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.Backups;

/// <summary>Makes a dump directory an artifact. The same directory gives the same digest, on any day.</summary>
static class BackupImage
{
    /// <param name="json">The bytes of its <c>dump.json</c>.</param>
    /// <exception cref="StillframeException">SF1015.</exception>
    public static OciImage Of(string directory, DumpManifest dump, byte[] json)
    {
        var config = Blob.OfBytes(BackupFormat.Config, json);
        IReadOnlyList<Blob> layers =
        [
            .. dump.Files.Select(file => Blob.OfFile(Titled(new(BackupFormat.Sql, DigestOf(directory, file), file.Bytes), file.Name), Path.Combine(directory, file.Name))),
            // so that programs which fetch an artifact's files make a dump directory
            new(Titled(config.Descriptor with { MediaType = BackupFormat.Json }, DumpManifest.FileName), config.Open),
        ];
        var manifest = new ManifestJson(
            2, MediaTypes.OciManifest, config.Descriptor, [.. layers.Select(layer => layer.Descriptor)], Annotations(dump))
        {
            ArtifactType = BackupFormat.Artifact,
        };
        return new(Blob.OfBytes(MediaTypes.OciManifest, Wire.Write(manifest)), config, layers);
    }

    static Descriptor Titled(Descriptor descriptor, string name) => descriptor with { Annotations = new SortedDictionary<string, string> { [LabelNames.Title] = name } };

    /// <summary>What a list of encrypted backups has to tell everybody, and the layers' names tell anyhow. A fingerprint would let anybody test guesses; a position tells how much is written.</summary>
    public static SortedDictionary<string, string> AnnotationsForAll(DumpManifest dump) =>
        new(Annotations(dump).Where(one => one.Key is LabelNames.Created or LabelNames.DumpTables).ToDictionary(), StringComparer.Ordinal);

    /// <summary>Enough for a list of backups.</summary>
    static SortedDictionary<string, string> Annotations(DumpManifest dump)
    {
        var tables = dump.Files.Select(file => file.Table).OfType<DumpedTable>().ToList();
        var all = new (string Name, string? Value)[]
        {
            (LabelNames.Created, dump.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            (LabelNames.DumpFingerprint, dump.DataVersion),
            (LabelNames.SourceVersion, dump.Server),
            (LabelNames.BinlogFile, dump.BinlogFile),
            (LabelNames.BinlogPosition, dump.BinlogPosition?.ToString(CultureInfo.InvariantCulture)),
            (LabelNames.Gtid, dump.Gtid),
            (LabelNames.DumpTables, tables.Count.ToString(CultureInfo.InvariantCulture)),
            (LabelNames.DumpRows, tables.Sum(table => table.Rows).ToString(CultureInfo.InvariantCulture)),
        };
        return new(all.Where(one => one.Value is { Length: > 0 }).ToDictionary(one => one.Name, one => one.Value!), StringComparer.Ordinal);
    }

    static Digest DigestOf(string directory, DumpedFile file) => Digest.TryParse("sha256:" + file.Sha256, out var digest)
        ? digest
        : throw new StillframeException(ErrorCodes.DumpDirectoryBroken, $"'{directory}' has no SHA-256 of '{file.Name}' in its {DumpManifest.FileName}. Dump again.", new(directory));
}
