using System.Formats.Tar;

namespace Stillframe.Engines;

/// <summary>Unpacks a tar stream of plain files, as it comes, without its owners.</summary>
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
