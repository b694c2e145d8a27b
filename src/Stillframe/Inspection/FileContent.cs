using System.IO.Compression;
using System.Text;

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
    Dump,
    /// <summary>Bytes that no text has.</summary>
    Binary,
}

/// <summary>Tells what a path names by what is there: names lie.</summary>
static class FileContent
{
    /// <summary>A tar's header. POSIX.1-2024, <c>pax</c>, "ustar Interchange Format".</summary>
    const int Block = 512;

    const int ChecksumAt = 148, ChecksumLength = 8;

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
                return ContentKind.Dump;
            var start = Start(file);
            if (!start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
                return IsTar(start) ? ContentKind.Archive : IsText(start) ? ContentKind.Dump : ContentKind.Binary;
            file.Position = 0;
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            start = Start(gzip);
            return IsTar(start) ? ContentKind.PackedArchive : IsText(start) ? ContentKind.Dump : ContentKind.Binary;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return ContentKind.Dump; // whoever reads it says what is wrong
        }
    }

    static ReadOnlySpan<byte> Start(Stream stream)
    {
        var start = new byte[Block];
        return start.AsSpan(0, stream.ReadAtLeast(start, Block, throwOnEndOfStream: false));
    }

    /// <summary>The checksum is what tars of every age have.</summary>
    static bool IsTar(ReadOnlySpan<byte> start)
    {
        if (start.Length < Block)
            return false;
        var field = Encoding.ASCII.GetString(start.Slice(ChecksumAt, ChecksumLength)).Trim('\0', ' ');
        if (field.Length == 0 || field.Any(digit => digit is < '0' or > '7'))
            return false;
        var sum = ChecksumLength * ' ';
        for (var i = 0; i < Block; i++)
            sum += i is >= ChecksumAt and < ChecksumAt + ChecksumLength ? 0 : start[i];
        return Convert.ToInt32(field, 8) == sum;
    }

    /// <summary>Dumps have zero bytes escaped, even those of binary values.</summary>
    static bool IsText(ReadOnlySpan<byte> start) => !start.Contains((byte)0);
}
