namespace Stillframe.Dumps;

/// <summary>A directory with a dump in several files and <see cref="DumpManifest"/>, which is as good as one dump file.</summary>
static class DumpDirectory
{
    /// <summary>
    /// In a directory that was fetched from elsewhere and is nobody's to write to: where from. Its files are those of the manifest, and files with rows may be fetched when they are needed
    /// (<see cref="DumpInput.FetchAsync"/>).
    /// </summary>
    public const string OriginName = "origin.json";

    /// <summary>The files that a dump is read from: those of the directories among these paths, in their order.</summary>
    /// <param name="options">Files of tables without rows are left out.</param>
    /// <exception cref="StillframeException">SF1015: a directory without a manifest, or not with the files that it names.</exception>
    public static IReadOnlyList<string> Files(IEnumerable<string> paths, DumpOptions? options = null) =>
        [.. paths.SelectMany(path => Directory.Exists(path) ? FilesIn(path, options ?? new()) : [path])];

    /// <summary>Whether its files need not be compared with the manifest, and those with rows need not be there.</summary>
    public static bool IsFetched(string directory) => File.Exists(Path.Combine(directory, OriginName));

    /// <summary>Null where there is none that this version can read.</summary>
    public static DumpManifest? Find(string directory)
    {
        var path = Path.Combine(directory, DumpManifest.FileName);
        return File.Exists(path) && DumpManifest.Parse(File.ReadAllBytes(path)) is { Format: DumpManifest.CurrentFormat } manifest ? manifest : null;
    }

    /// <summary>The manifest that these files are of, in its order, and no others with them; tables may be left out. Null where there is none.</summary>
    public static DumpManifest? Of(IReadOnlyList<string> files)
    {
        if (files.Count == 0 || Path.GetDirectoryName(files[0]) is not { } directory || Find(directory) is not { } manifest)
            return null;
        var given = files.ToHashSet(StringComparer.Ordinal);
        var there = manifest.Files.Where(file => given.Contains(Path.Combine(directory, file.Name))).ToList();
        return there.Select(file => Path.Combine(directory, file.Name)).SequenceEqual(files) ? manifest with { Files = there } : null;
    }

    /// <summary>Where a dump comes from.</summary>
    public static DumpSource SourceOf(DumpManifest manifest) => new()
    {
        Tool = "Stillframe",
        Product = manifest.Server.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? "MariaDB" : "MySQL",
        ServerVersion = manifest.Server,
        Database = manifest.Schemas is [var schema] ? schema : null,
        BinlogFile = manifest.BinlogFile,
        BinlogPosition = manifest.BinlogPosition,
        Gtid = manifest.Gtid,
        DumpTime = manifest.Time.UtcDateTime,
    };

    static IEnumerable<string> FilesIn(string directory, DumpOptions options)
    {
        if (Find(directory) is not { } manifest)
            throw Broken(directory, $"has no {DumpManifest.FileName}, or one that this version can't read. Name a directory that DumpDatabase made, or the files in this one.");
        var isFetched = IsFetched(directory);
        foreach (var file in manifest.Files.Where(file => file.Table is not { } table || !options.LeavesOut(new(table.Schema, table.Name))))
        {
            var path = Path.Combine(directory, file.Name);
            if (isFetched && file.Name == Path.GetFileName(file.Name) && file.Table?.RowsFingerprint is not null && !File.Exists(path))
            {
                yield return path;
                continue;
            }

            if (file.Name != Path.GetFileName(file.Name) || new FileInfo(path) is not { Exists: true, Length: var length })
                throw Broken(directory, $"lacks the file '{file.Name}' of its {DumpManifest.FileName}. Copy the whole directory again, or dump again.");
            if (length != file.Bytes)
                throw Broken(directory, $"has a file '{file.Name}' of {length} bytes, which has {file.Bytes} in its {DumpManifest.FileName}. Copy the whole directory again, or dump again.");
            yield return path;
        }
    }

    static StillframeException Broken(string directory, string what) => new(ErrorCodes.DumpDirectoryBroken, $"'{directory}' {what}", new(directory));
}
