using System.IO.Compression;

namespace Stillframe.Dumps;

/// <summary>
/// The text of a gzip file of one or more members. The runtime's own stream takes a file that was cut off for one that ends
/// there, so a member of our own is put behind the last: only if that one comes out at the end, everything before it is whole.
/// </summary>
internal sealed class GzipText : ReadOnlyStream
{
    static readonly byte[] Seal = "\0stillframe end\0"u8.ToArray();

    readonly string file;
    readonly SealedFile raw;
    readonly GZipStream text;
    readonly byte[] buffer = new byte[1 << 17];
    int start;
    int end;
    bool ended;

    /// <summary>Whether a file that begins so is one. RFC 1952, section 2.3.1, "ID1" and "ID2".</summary>
    public static bool IsOne(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]);

    public GzipText(Stream raw, string file)
    {
        this.file = file;
        this.raw = new(raw);
        text = new(this.raw, CompressionMode.Decompress);
    }

    /// <exception cref="StillframeException">SF1004.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (end - start <= Seal.Length && !ended)
            Fill();
        var held = ended ? 0 : Seal.Length;
        var count = Math.Min(buffer.Length, end - start - held);
        this.buffer.AsSpan(start, count).CopyTo(buffer);
        start += count;
        return count;
    }

    /// <summary>
    /// Where the file has been read to its end: throws if it is broken. What comes out of a broken file last may be anything, so
    /// this is asked before anything else is reported about it.
    /// </summary>
    public void Check()
    {
        while (raw.IsAtEnd && !ended)
        {
            start = Math.Max(start, end - Seal.Length);
            Fill();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    void Fill()
    {
        buffer.AsSpan(start..end).CopyTo(buffer);
        (start, end) = (0, end - start);
        int count;
        try
        {
            count = text.Read(buffer.AsSpan(end));
        }
        catch (InvalidDataException e)
        {
            throw Broken(e);
        }

        end += count;
        if (count > 0)
            return;
        if (!buffer.AsSpan(0, end).EndsWith(Seal))
            throw Broken(null);
        (end, ended) = (end - Seal.Length, true);
    }

    StillframeException Broken(Exception? inner) => new(
        ErrorCodes.DumpGzipBroken,
        $"'{file}' is not a whole gzip file: it was cut off or damaged, or something else follows it. Copy or compress the dump again ('gzip -t' checks it).",
        new(file),
        inner);

    /// <summary>The file, and then the seal in a member of its own.</summary>
    sealed class SealedFile(Stream file) : ReadOnlyStream
    {
        MemoryStream? seal;

        public bool IsAtEnd => seal is not null;

        public override int Read(Span<byte> buffer)
        {
            if (seal is null)
            {
                var count = file.Read(buffer);
                if (count > 0)
                    return count;
                seal = new MemoryStream();
                using (var gzip = new GZipStream(seal, CompressionLevel.Fastest, leaveOpen: true))
                    gzip.Write(Seal);
                seal.Position = 0;
            }

            return seal.Read(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                file.Dispose();
            base.Dispose(disposing);
        }
    }
}
