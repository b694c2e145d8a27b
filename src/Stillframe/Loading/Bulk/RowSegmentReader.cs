using System.Buffers;
using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>Reads the statements of segments again, many small ones at a time.</summary>
sealed class RowSegmentReader : IDisposable
{
    const int BlockSize = 1 << 20;

    byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockSize);

    /// <summary>Each statement's bytes, valid until the next is asked for, and where it is in the dump.</summary>
    /// <exception cref="StillframeException">SF1001: the file can't be read any more. SF1011: it has changed.</exception>
    public IEnumerable<(ReadOnlyMemory<byte> Text, SourceLocation Location)> Read(RowSegment segment, CancellationToken cancellationToken) =>
        segment.File is { } file ? ReadFile(file, cancellationToken) : ReadStatements(segment, cancellationToken);

    static IEnumerable<(ReadOnlyMemory<byte> Text, SourceLocation Location)> ReadFile(RowFile file, CancellationToken cancellationToken)
    {
        var options = new DumpOptions { ReadBefore = [file.AsDumped] };
        foreach (var statement in DumpReader.Read([file.Path], options, SilentReporter.Instance, cancellationToken))
        {
            if (statement.Kind == StatementKind.Rows)
                yield return (statement.Text, statement.Location);
        }
    }

    IEnumerable<(ReadOnlyMemory<byte> Text, SourceLocation Location)> ReadStatements(RowSegment segment, CancellationToken cancellationToken)
    {
        using var file = Open(segment);
        var gap = Math.Max(segment.Gap, 0);
        var (offset, line) = (segment.Start, segment.Origin.Line);
        for (var next = 0; next < segment.Lengths.Count;)
        {
            var count = Batch(segment.Lengths, next, gap, out var size);
            Fill(file, segment, offset, size);
            var position = 0;
            for (var i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var length = segment.Lengths[next + i];
                if (Crc32C.Compute(buffer.AsSpan(position, length)) != segment.Sums[next + i])
                    throw ChangedDump.Error(segment.Origin.File, segment.Origin with { Line = line });
                yield return (
                    buffer.AsMemory(position, length),
                    segment.Origin with { Line = line, Offset = segment.Origin.Offset + offset + position - segment.Start });
                var end = Math.Min(position + length + gap, size);
                line += buffer.AsSpan(position, end - position).Count((byte)'\n');
                position = end;
            }

            next += count;
            offset += size;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    /// <summary>As many statements as fit a block, at least one, each with the gap behind it unless it is the last.</summary>
    static int Batch(List<int> lengths, int next, int gap, out int size)
    {
        var count = 0;
        long total = 0;
        while (next + count < lengths.Count)
        {
            var more = (long)lengths[next + count] + (next + count == lengths.Count - 1 ? 0 : gap);
            if (count > 0 && total + more > BlockSize)
                break;
            total += more;
            count++;
        }

        size = checked((int)total);
        return count;
    }

    static Microsoft.Win32.SafeHandles.SafeFileHandle Open(RowSegment segment)
    {
        try
        {
            return File.OpenHandle(segment.Path, options: FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StillframeException(ErrorCodes.DumpMissing, $"'{segment.Origin.File}' can't be read a second time: {e.Message}", segment.Origin, e);
        }
    }

    void Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, RowSegment segment, long offset, int size)
    {
        if (buffer.Length < size)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(size);
        }

        for (var done = 0; done < size;)
        {
            var count = RandomAccess.Read(file, buffer.AsSpan(done, size - done), offset + done);
            if (count == 0)
                throw ChangedDump.Error(segment.Origin.File, segment.Origin);
            done += count;
        }
    }
}
