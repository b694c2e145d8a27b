namespace Stillframe.Dumps;

/// <summary>A directory with a dump in several files and <see cref="DumpManifest"/>, which is as good as one dump file.</summary>
static class DumpDirectory
{
    /// <summary>The files that a dump is read from: those of the directories among these paths, in their order.</summary>
    /// <param name="options">Files of tables without rows are left out.</param>
    /// <exception cref="StillframeException">SF1015: a directory without a manifest, or not with the files that it names.</exception>
    public static IReadOnlyList<string> Files(IEnumerable<string> paths, DumpOptions? options = null) =>
        [.. paths.SelectMany(path => Directory.Exists(path) ? FilesIn(path, options ?? new()) : [path])];

    /// <summary>Null where there is none that this version can read.</summary>
    public static DumpManifest? Find(string directory)
    {
        var path = Path.Combine(directory, DumpManifest.FileName);
        return File.Exists(path) && DumpManifest.Parse(File.ReadAllBytes(path)) is { Format: DumpManifest.CurrentFormat } manifest ? manifest : null;
    }

    static IEnumerable<string> FilesIn(string directory, DumpOptions options)
    {
        if (Find(directory) is not { } manifest)
            throw Broken(directory, $"has no {DumpManifest.FileName}, or one that this version can't read. Name a directory that DumpDatabase made, or the files in this one.");
        foreach (var file in manifest.Files.Where(file => file.Table is not { } table || !options.LeavesOut(new(table.Schema, table.Name))))
        {
            var path = Path.Combine(directory, file.Name);
            if (file.Name != Path.GetFileName(file.Name) || new FileInfo(path) is not { Exists: true, Length: var length })
                throw Broken(directory, $"lacks the file '{file.Name}' of its {DumpManifest.FileName}. Copy the whole directory again, or dump again.");
            if (length != file.Bytes)
                throw Broken(directory, $"has a file '{file.Name}' of {length} bytes, which has {file.Bytes} in its {DumpManifest.FileName}. Copy the whole directory again, or dump again.");
            yield return path;
        }
    }

    static StillframeException Broken(string directory, string what) => new(ErrorCodes.DumpDirectoryBroken, $"'{directory}' {what}", new(directory));
}
