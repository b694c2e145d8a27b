using System.Security.Cryptography;

namespace Stillframe.Dumps;

/// <summary>A file of a dump directory whose rows' fingerprint is in the manifest: what a dump means is known without reading it.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="File">What the manifest has of it.</param>
/// <param name="Fingerprint">As <see cref="DumpTable.RowsFingerprint"/>.</param>
sealed record RowFile(string Path, DumpedFile File, string Fingerprint)
{
    public TableName Name => new(File.Table!.Schema, File.Table.Name);

    public long Rows => File.Table!.Rows;

    public long RowBytes => File.Table!.RowBytes;

    /// <summary>By their paths. None where there is more than the files of one directory: rows of one table could be in two of them.</summary>
    /// <param name="files">Of which a dump is read.</param>
    public static IReadOnlyDictionary<string, RowFile> Of(IReadOnlyList<string> files) => Of(files, DumpDirectory.Of(files));

    /// <param name="manifest">Of these files; null where there is none.</param>
    /// <inheritdoc cref="Of(IReadOnlyList{string})"/>
    public static IReadOnlyDictionary<string, RowFile> Of(IReadOnlyList<string> files, DumpManifest? manifest) => files.Zip(manifest is null || files.Count < 2 ? [] : manifest.Files)
        .Where(file => file.Second.Table?.RowsFingerprint is not null)
        .ToDictionary(file => file.First, file => new RowFile(file.First, file.Second, file.Second.Table!.RowsFingerprint!));

    /// <summary>What a reader of the whole file would add to the dump, in place of its statements.</summary>
    public DumpStatement Statement => new()
    {
        Kind = StatementKind.Rows,
        Text = default,
        Location = new(Path),
        Schema = Name.Schema,
        Table = Name.Name,
        Unread = this,
    };

    public DumpFile AsDumped => new(Path, File.Bytes, File.Sha256, null);

    /// <summary>The table with these rows.</summary>
    public DumpTable Of(DumpTable table) => table with { RowsFingerprint = Fingerprint, Fingerprint = FieldHash.Of(table.SchemaFingerprint, Fingerprint), Rows = Rows, RowBytes = RowBytes };

    /// <exception cref="StillframeException">SF1001, SF1015: it is not the file that the manifest speaks of.</exception>
    public DumpFile Check()
    {
        if (DumpDirectory.IsFetched(System.IO.Path.GetDirectoryName(Path)!))
            return AsDumped;
        string sha256;
        try
        {
            using var stream = System.IO.File.OpenRead(Path);
            sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StillframeException(ErrorCodes.DumpMissing, $"'{Path}' can't be read: {e.Message}", new(Path), e);
        }

        return sha256 == File.Sha256
            ? AsDumped
            : throw new StillframeException(
                ErrorCodes.DumpDirectoryBroken, $"'{Path}' is not the file that {DumpManifest.FileName} speaks of: its SHA-256 is {sha256}. Copy the whole directory again, or dump again.", new(Path));
    }
}
