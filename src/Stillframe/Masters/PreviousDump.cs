using Stillframe.Dumps;
using Stillframe.Oci;

namespace Stillframe.Masters;

/// <summary>The dump that was made last, whose files are taken where their tables are as they were.</summary>
sealed class PreviousDump(string directory, DumpManifest manifest)
{
    /// <summary>Null where there is none.</summary>
    public static PreviousDump? In(string directory) => DumpDirectory.Find(directory) is { } manifest ? new(directory, manifest) : null;

    /// <summary>By the master's clock.</summary>
    public DateTimeOffset Time => manifest.Time;

    /// <summary>Its file of a table with this checksum and definition, linked or copied into another directory; null where it has none.</summary>
    public async Task<DumpedFile?> TakeAsync(DumpedTable table, string target, string name, CancellationToken cancellationToken)
    {
        if (manifest.Files.FirstOrDefault(file => file.Table is { } known && known with { Rows = 0, RowsFingerprint = null, RowBytes = 0 } == table) is not { } file)
            return null;
        var path = Path.Combine(directory, file.Name);
        if (!File.Exists(path) || (await Digest.OfFileAsync(path, cancellationToken)).Hex != file.Sha256)
            return null; // changed by somebody: the rows are read again
        await FileLink.CreateAsync(path, Path.Combine(target, name), cancellationToken);
        return file with { Name = name };
    }
}
