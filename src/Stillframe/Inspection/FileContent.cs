using System.IO.Compression;
using Stillframe.Dumps;

namespace Stillframe.Inspection;

/// <summary>What is at a path.</summary>
enum ContentKind
{
    Nothing,
    /// <summary>A directory with the index of an image layout.</summary>
    Layout,
    Directory,
    /// <summary>A tar.</summary>
    Archive,
    /// <summary>A tar compressed by gzip.</summary>
    PackedArchive,
    /// <summary>Whatever a dump could be; the reader of dumps knows more.</summary>
    File,
}

/// <summary>Tells what a path names by what is there: names lie.</summary>
static class FileContent
{
    const int Block = 512;

    public static ContentKind Of(string path)
    {
        if (Directory.Exists(path))
            return File.Exists(Path.Combine(path, "index.json")) || File.Exists(Path.Combine(path, "oci-layout")) ? ContentKind.Layout : ContentKind.Directory;
        if (!File.Exists(path))
            return ContentKind.Nothing;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: Block);
            if (!file.CanSeek)
                return ContentKind.File;
            var start = Start(file);
            if (!GzipText.IsOne(start))
                return TarHeader.IsOne(start) ? ContentKind.Archive : ContentKind.File;
            file.Position = 0;
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            return TarHeader.IsOne(Start(gzip)) ? ContentKind.PackedArchive : ContentKind.File;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return ContentKind.File; // whoever reads it says what is wrong
        }
    }

    static ReadOnlySpan<byte> Start(Stream stream)
    {
        var start = new byte[Block];
        return start.AsSpan(0, stream.ReadAtLeast(start, Block, throwOnEndOfStream: false));
    }
}
