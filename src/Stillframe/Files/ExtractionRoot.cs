using System.Formats.Tar;

namespace Stillframe.Files;

/// <summary>
/// A directory of ours that archives of others are unpacked into, and nothing outside of it. Links are made as the archive has them, wherever they lead, but
/// an entry below a link gets only to where the link leads inside of the directory, and never through one with an absolute target.
/// </summary>
/// <remarks>Over System.Formats.Tar's reader, but not its <c>ExtractToDirectory</c>, which refuses each link that leads outside: packages of distributions have such links.</remarks>
/// <param name="directory">Nobody else writes there meanwhile.</param>
/// <param name="links">Whether links belong there at all.</param>
sealed class ExtractionRoot(string directory, bool links = true)
{
    const int MostLinks = 40; // as for Linux itself, see path_resolution(7)

    readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    /// <returns>True for a file or link; false for a directory, and for what says something of the archive only.</returns>
    /// <exception cref="StillframeException">SF3011: the entry does not belong there.</exception>
    public async Task<bool> ExtractAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.GlobalExtendedAttributes:
                return false;
            case TarEntryType.Directory or TarEntryType.DirectoryList:
                Resolve(entry.Name, new(Parts(entry.Name, entry.Name)), replaceFiles: true);
                return false;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                await entry.ExtractToFileAsync(Free(entry.Name), overwrite: false, cancellationToken);
                return true;
            case TarEntryType.SymbolicLink when links && entry.LinkName.Length > 0:
                File.CreateSymbolicLink(Free(entry.Name), entry.LinkName);
                return true;
            case TarEntryType.HardLink when links:
                File.Copy(Existing(entry), Free(entry.Name));
                return true;
            default:
                throw Unsafe(entry.Name, $"it is no file and no directory, but of the kind {entry.EntryType}");
        }
    }

    /// <summary>The path of an entry, with the directories it lies in and nothing of its name.</summary>
    string Free(string name)
    {
        var parts = Parts(name, name);
        if (parts.Count == 0)
            throw Unsafe(name, "it has no name");
        var path = Path.Combine(Resolve(name, new(parts.SkipLast(1))), parts[^1]);
        if (path == root)
            throw Unsafe(name, "it has no name");
        if (Find(path) is DirectoryInfo found && !DirectoryTree.IsLink(found))
            found.Delete(recursive: true); // what is below it goes, what links there lead to stays
        else
            File.Delete(path);
        return path;
    }

    /// <summary>The file that a hard link is another name of.</summary>
    string Existing(TarEntry entry)
    {
        var parts = Parts(entry.Name, entry.LinkName);
        var path = parts.Count == 0 ? root : Path.Combine(Resolve(entry.Name, new(parts.SkipLast(1))), parts[^1]);
        return Find(path) is FileInfo file && !DirectoryTree.IsLink(file)
            ? path
            : throw Unsafe(entry.Name, $"it is to be another name of '{entry.LinkName}', which is no file of the archive");
    }

    /// <summary>A directory below the root, made where it is missing.</summary>
    /// <param name="parts">Its names, one below the other.</param>
    /// <param name="replaceFiles">Whether a directory may take the place of a file.</param>
    string Resolve(string name, LinkedList<string> parts, bool replaceFiles = false)
    {
        var current = root;
        for (var followed = 0; parts.First is { Value: var part };)
        {
            parts.RemoveFirst();
            if (part == "..")
            {
                // only from a link's target
                current = current != root ? Path.GetDirectoryName(current)! : throw Unsafe(name, "a link on its way leads outside");
                continue;
            }

            var next = Path.Combine(current, part);
            var found = Find(next);
            if (found is not null && DirectoryTree.IsLink(found))
            {
                if (++followed > MostLinks)
                    throw Unsafe(name, "the links on its way lead nowhere");
                var target = found.LinkTarget ?? "";
                if (Path.IsPathRooted(target))
                    throw Unsafe(name, $"'{part}' on its way is a link to '{target}'");
                foreach (var step in target.Split('/').Reverse().Where(step => step is not ("" or ".")))
                    parts.AddFirst(step);
                continue;
            }

            if (found is FileInfo file)
            {
                if (!replaceFiles || parts.Count > 0)
                    throw Unsafe(name, $"'{part}' on its way is a file");
                file.Delete();
                found = null;
            }

            if (found is null)
                Directory.CreateDirectory(next);
            current = next;
        }

        return current;
    }

    List<string> Parts(string name, string path)
    {
        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToList();
        if (path.StartsWith('/') || Path.IsPathRooted(path) || path.Contains('\0', StringComparison.Ordinal) || parts.Contains("..") || OperatingSystem.IsWindows() && path.AsSpan().ContainsAny('\\', ':'))
            throw Unsafe(name, path == name ? "it lies outside of the archive" : $"it is to be another name of '{path}', which lies outside of the archive");
        return parts;
    }

    /// <summary>What is there, links not followed; null where nothing is.</summary>
    static FileSystemInfo? Find(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists || file.LinkTarget is not null)
            return file;
        var directory = new DirectoryInfo(path);
        return directory.Exists ? directory : null;
    }

    StillframeException Unsafe(string name, string why) => new(
        ErrorCodes.ArchiveUnsafe,
        $"The archive's entry '{name}' is not unpacked into '{root}': {why}. Find out where this archive comes from; what Stillframe, Debian and container engines make has no such entries.");
}
