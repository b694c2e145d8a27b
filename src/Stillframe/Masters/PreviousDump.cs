using Stillframe.Dumps;
using Stillframe.Oci;

namespace Stillframe.Masters;

/// <summary>The dump that was made last, whose files are taken where their tables are as they were.</summary>
sealed class PreviousDump(string directory, DumpManifest manifest)
{
    /// <summary>Null where there is none.</summary>
    public static PreviousDump? In(string directory) => DumpDirectory.Find(directory) is { } manifest ? new(directory, manifest) : null;

    public DumpManifest Manifest => manifest;

    /// <summary>Its file of a table with this definition, linked or copied into another directory; null where it has none.</summary>
    /// <param name="checksum">That its table has to have, too; null for any.</param>
    public async Task<DumpedFile?> TakeAsync(MasterTable table, string? checksum, string target, string name, CancellationToken cancellationToken)
    {
        if (manifest.Files.FirstOrDefault(file => file.Table is { } known && new TableName(known.Schema, known.Name) == table.Name && known.Definition == table.Definition) is not { } file
            || (checksum is not null && file.Table!.Checksum != checksum))
            return null;
        var path = Path.Combine(directory, file.Name);
        if (!File.Exists(path) || (await Digest.OfFileAsync(path, cancellationToken)).Hex != file.Sha256)
            return null; // changed by somebody: the rows are read again
        await FileLink.CreateAsync(path, Path.Combine(target, name), cancellationToken);
        return file with { Name = name };
    }
}
