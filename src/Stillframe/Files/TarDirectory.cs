using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;

namespace Stillframe.Files;

/// <summary>A directory of plain files as a tar stream, without owners when it is unpacked.</summary>
static class TarDirectory
{
    /// <exception cref="StillframeException">SF3011: something else is in the archive.</exception>
    public static async Task ExtractAsync(Stream stream, string directory, CancellationToken cancellationToken)
    {
        var root = new ExtractionRoot(directory, links: false);
        await using (var tar = new TarReader(stream, leaveOpen: true))
        {
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
                await root.ExtractAsync(entry, cancellationToken);
        }

        await stream.CopyToAsync(Stream.Null, cancellationToken); // padding, without which the writer meets a broken pipe
    }

    /// <summary>Writes a directory into a file, compressed.</summary>
    public static async Task PackAsync(string directory, string archive, CancellationToken cancellationToken)
    {
        await using var file = File.Create(archive);
        await using var tar = new GZipStream(file, CompressionLevel.Fastest);
        await WriteAsync(directory, tar, null, cancellationToken);
    }

    /// <summary>The directory of <see cref="PackAsync"/>.</summary>
    /// <exception cref="StillframeException">SF3011: something else is in the archive.</exception>
    public static async Task UnpackAsync(string archive, string directory, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(archive);
        await using var tar = new GZipStream(file, CompressionMode.Decompress);
        await ExtractAsync(tar, directory, cancellationToken);
    }

    /// <param name="owner"><c>uid:gid</c> of everything in the archive; null for root.</param>
    public static async Task WriteAsync(string directory, Stream stream, string? owner, CancellationToken cancellationToken)
    {
        var ids = (owner ?? "0:0").Split(':');
        var (user, group) = (int.Parse(ids[0], CultureInfo.InvariantCulture), int.Parse(ids[1], CultureInfo.InvariantCulture));
        await using var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var info in DirectoryTree.Of(directory).OrderBy(info => info.FullName, StringComparer.Ordinal))
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
}
