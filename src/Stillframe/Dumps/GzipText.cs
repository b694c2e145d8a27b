using System.IO.Compression;

namespace Stillframe.Dumps;

/// <summary>
/// The text of a gzip file of one or more members. The runtime's own stream takes a file that was cut off for one that ends
/// there, so a member of our own is put behind the last: only if that one comes out at the end, everything before it is whole.
/// </summary>
internal sealed class GzipText : ReadOnlyStream
{
    static readonly byte[] Seal = "\0stillframe end\0"u8.ToArray();

    readonly string _file;
    readonly SealedFile _raw;
    readonly GZipStream _text;
    readonly byte[] _buffer = new byte[1 << 17];
    int _start;
    int _end;
    bool _ended;

    /// <summary>Whether a file that begins so is one. RFC 1952, section 2.3.1, "ID1" and "ID2".</summary>
    public static bool IsOne(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]);

    public GzipText(Stream raw, string file)
    {
        _file = file;
        _raw = new(raw);
        _text = new(_raw, CompressionMode.Decompress);
    }

    /// <exception cref="StillframeException">SF1004.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_end - _start <= Seal.Length && !_ended)
            Fill();
        var held = _ended ? 0 : Seal.Length;
        var count = Math.Min(buffer.Length, _end - _start - held);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    /// <summary>
    /// Where the file has been read to its end: throws if it is broken. What comes out of a broken file last may be anything, so
    /// this is asked before anything else is said about it.
    /// </summary>
    public void Check()
    {
        while (_raw.IsAtEnd && !_ended)
        {
            _start = Math.Max(_start, _end - Seal.Length);
            Fill();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _text.Dispose();
        base.Dispose(disposing);
    }

    void Fill()
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int count;
        try
        {
            count = _text.Read(_buffer.AsSpan(_end));
        }
        catch (InvalidDataException e)
        {
            throw Broken(e);
        }

        _end += count;
        if (count > 0)
            return;
        if (!_buffer.AsSpan(0, _end).EndsWith(Seal))
            throw Broken(null);
        (_end, _ended) = (_end - Seal.Length, true);
    }

    StillframeException Broken(Exception? inner) => new(
        ErrorCodes.DumpGzipBroken,
        $"'{_file}' is not a whole gzip file: it was cut off or damaged, or something else follows it. Copy or compress the dump again ('gzip -t' checks it).",
        new(_file),
        inner);

    /// <summary>The file, and then the seal in a member of its own.</summary>
    sealed class SealedFile(Stream file) : ReadOnlyStream
    {
        MemoryStream? _seal;

        public bool IsAtEnd => _seal is not null;

        public override int Read(Span<byte> buffer)
        {
            if (_seal is null)
            {
                var count = file.Read(buffer);
                if (count > 0)
                    return count;
                _seal = new MemoryStream();
                using (var gzip = new GZipStream(_seal, CompressionLevel.Fastest, leaveOpen: true))
                    gzip.Write(Seal);
                _seal.Position = 0;
            }

            return _seal.Read(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                file.Dispose();
            base.Dispose(disposing);
        }
    }
}
