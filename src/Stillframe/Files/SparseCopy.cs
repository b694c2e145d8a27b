using System.Buffers;

namespace Stillframe.Files;

/// <summary>
/// Copies of a server's files that take no room for what is empty in them: a tablespace of a small schema is nothing but zeros for four fifths.
/// </summary>
static class SparseCopy
{
    /// <summary>What file systems leave out, and more: a read and a write of its own for each block would cost more than the room.</summary>
    const int Block = 64 << 10;

    /// <param name="target">Made, or replaced.</param>
    public static void Make(FileInfo source, string target)
    {
        if (source.Length < 16 * Block || OperatingSystem.IsWindows())
        {
            source.CopyTo(target, overwrite: true);
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = source.UnixFileMode };
        using var from = new FileStream(source.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var to = new FileStream(target, options);
        var buffer = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            int count;
            while ((count = from.ReadAtLeast(buffer.AsSpan(0, Block), Block, throwOnEndOfStream: false)) > 0)
            {
                if (buffer.AsSpan(0, count).ContainsAnyExcept((byte)0))
                    to.Write(buffer, 0, count);
                else
                    to.Seek(count, SeekOrigin.Current);
            }

            to.SetLength(from.Position);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
