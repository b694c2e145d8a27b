using System.IO.Compression;

namespace Stillframe.Dumps;

/// <summary>Opens a dump file and gives its text.</summary>
internal static class DumpText
{
    static readonly (byte[] Start, string What)[] Others =
    [
        ([0x28, 0xb5, 0x2f, 0xfd], "is compressed with zstd; decompress it, or compress it with gzip"),
        ([0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "is compressed with xz; decompress it, or compress it with gzip"),
        ([.. "BZh"u8], "is compressed with bzip2; decompress it, or compress it with gzip"),
        ([.. "PK\x03\x04"u8], "is a zip archive; unpack it, or compress the dump with gzip"),
        ([0xff, 0xfe], "is UTF-16 text, as PowerShell's > writes it; dump with --result-file instead"),
        ([0xfe, 0xff], "is UTF-16 text; dump with --result-file instead"),
    ];

    /// <summary>The text of the file, decompressed if it is a gzip file, whatever its name.</summary>
    /// <param name="observe">Wraps the stream of the file's own bytes.</param>
    /// <exception cref="StillframeException">SF1001, SF1002, SF1013; SF1004 while reading.</exception>
    public static Stream Open(string file, Func<Stream, Stream>? observe = null)
    {
        var raw = OpenFile(file);
        try
        {
            var bytes = new byte[ForeignText.Length];
            var start = Start(raw, bytes);
            if (start.IsEmpty)
                throw Empty(file);
            raw.Position = 0;
            var isGzip = GzipText.IsOne(start);
            RefuseForeign(file, isGzip ? Decompressed(raw, bytes) : start);
            raw.Position = 0;
            var observed = observe?.Invoke(raw) ?? raw;
            return isGzip ? new GzipText(observed, file) : observed;
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    public static StillframeException Empty(string file) => new(
        ErrorCodes.DumpEmpty, $"'{file}' holds no statement. Make the dump again and look at what the dump program says.", new(file));

    static ReadOnlySpan<byte> Start(Stream stream, byte[] buffer) => buffer.AsSpan(0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));

    /// <summary>Nothing of a file that is no gzip file after all: whoever reads it to its end says so.</summary>
    static ReadOnlySpan<byte> Decompressed(Stream raw, byte[] buffer)
    {
        using var text = new GZipStream(raw, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            return Start(text, buffer);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    static void RefuseForeign(string file, ReadOnlySpan<byte> start)
    {
        if (ForeignText.Find(start) is { } foreign)
            throw new StillframeException(ErrorCodes.DumpForeign, $"'{file}' is {foreign}.", new(file));
        foreach (var (bytes, what) in Others)
        {
            if (start.StartsWith(bytes))
                throw new StillframeException(ErrorCodes.DumpMissing, $"'{file}' can't be read: it {what}.", new(file));
        }

        if (ForeignText.IsBinary(start))
            throw new StillframeException(
                ErrorCodes.DumpForeign, $"'{file}' is no SQL text, but binary data. Name a dump as mariadb-dump or mysqldump writes it, plain or compressed by gzip.", new(file));
    }

    static FileStream OpenFile(string file)
    {
        try
        {
            var raw = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            if (raw.CanSeek)
                return raw;
            raw.Dispose();
            throw Missing(file, "is a pipe or device. A dump is read more than once: write it to a file first.", null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(file, "does not exist. Check the path of the DatabaseDump item; a directory of this name is what DumpDatabase makes.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Missing(file, Directory.Exists(file) ? "is a directory. Name the files in it." : $"can't be read: {e.Message}", e);
        }
    }

    static StillframeException Missing(string file, string what, Exception? inner) =>
        new(ErrorCodes.DumpMissing, $"'{file}' {what}", new(file), inner);
}
