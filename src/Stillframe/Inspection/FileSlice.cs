namespace Stillframe.Inspection;

/// <summary>Part of a file; a stream that owns it.</summary>
/// <param name="offset">Byte of the file at which it begins.</param>
sealed class FileSlice(FileStream file, long offset, long length) : ReadOnlyStream
{
    long position;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => position = Math.Clamp(value, 0, length);
    }

    public override int Read(Span<byte> buffer)
    {
        var count = RandomAccess.Read(file.SafeFileHandle, buffer[..(int)Math.Min(buffer.Length, length - position)], offset + position);
        position += count;
        return count;
    }

    public override long Seek(long to, SeekOrigin origin) =>
        Position = to + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => position, _ => length };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
