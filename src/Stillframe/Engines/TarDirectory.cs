using System.Formats.Tar;
using System.Globalization;

namespace Stillframe.Engines;

/// <summary>A directory of plain files as a tar stream, without owners when it is unpacked.</summary>
static class TarDirectory
{
    public static async Task ExtractAsync(Stream stream, string directory, CancellationToken cancellationToken)
    {
        await using (var tar = new TarReader(stream, leaveOpen: true))
        {
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
                await ExtractAsync(entry, Inside(directory, entry.Name), cancellationToken);
        }

        await stream.CopyToAsync(Stream.Null, cancellationToken); // padding, without which the writer meets a broken pipe
    }

    /// <param name="owner"><c>uid:gid</c> of everything in the archive; null for root.</param>
    public static async Task WriteAsync(string directory, Stream stream, string? owner, CancellationToken cancellationToken)
    {
        var ids = (owner ?? "0:0").Split(':');
        var (user, group) = (int.Parse(ids[0], CultureInfo.InvariantCulture), int.Parse(ids[1], CultureInfo.InvariantCulture));
        await using var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var info in new DirectoryInfo(directory).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).OrderBy(info => info.FullName, StringComparer.Ordinal))
        {
            var file = info as FileInfo;
            var name = Path.GetRelativePath(directory, info.FullName).Replace('\\', '/');
            await using var content = file?.OpenRead();
            var entry = new PaxTarEntry(file is null ? TarEntryType.Directory : TarEntryType.RegularFile, name)
            {
                Uid = user,
                Gid = group,
                Mode = (UnixFileMode)(file is null ? 0x1c0 : 0x180), // 0700, 0600
            };
            if (content is not null)
                entry.DataStream = content;
            await tar.WriteEntryAsync(entry, cancellationToken);
        }
    }

    /// <returns>False for what is not a file or link, or is not unpacked at all (devices).</returns>
    public static async Task<bool> ExtractAsync(TarEntry entry, string target, CancellationToken cancellationToken)
    {
        if (entry.EntryType is TarEntryType.Directory)
        {
            Directory.CreateDirectory(target);
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (entry.EntryType is TarEntryType.SymbolicLink)
        {
            File.Delete(target);
            File.CreateSymbolicLink(target, entry.LinkName);
            return true;
        }

        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            return false;
        await entry.ExtractToFileAsync(target, overwrite: true, cancellationToken);
        return true;
    }

    static string Inside(string directory, string name)
    {
        var target = Path.GetFullPath(Path.Combine(directory, name));
        return target.StartsWith(directory, StringComparison.Ordinal)
            ? target
            : throw new InvalidDataException($"The archive's entry '{name}' lies outside of it.");
    }
}
