using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>Statements with rows of one table that follow one another in a file, with the same few bytes between any two.</summary>
/// <param name="Path">Where their bytes are: the dump, or a copy of what was compressed.</param>
/// <param name="Start">Of the first statement there, in bytes.</param>
/// <param name="Origin">Of the first statement in the dump.</param>
/// <param name="Point">Where in the dump's session it stands.</param>
sealed record RowSegment(string Path, long Start, SourceLocation Origin, LexicalModes Modes, SessionPoint Point)
{
    /// <summary>Known when the dump's session has been run up to <see cref="Point"/>.</summary>
    public SessionSnapshot Session => Point.Snapshot;

    /// <summary>A file that has rows of this table and no others, of which all are meant; null for those statements whose lengths are here.</summary>
    public RowFile? File { get; init; }

    /// <summary>Bytes of each statement.</summary>
    public List<int> Lengths { get; } = [];

    /// <summary>CRC-32C of each statement as it was when the dump was read and fingerprinted.</summary>
    public List<uint> Sums { get; } = [];

    /// <summary>Bytes between two statements; -1 while there is only one.</summary>
    public int Gap { get; set; } = -1;
}

/// <summary>One table of a dump and where its rows are.</summary>
/// <param name="unread">The file that they are in, where that was not read; null else.</param>
sealed class TableRows(TableName name, RowFile? unread = null)
{
    const int LongestGap = 16;

    long end; // of the last statement, in its file

    public TableName Name => name;

    public List<RowSegment> Segments { get; } = [];

    public RowFile? Unread => unread;

    /// <summary>Bytes of all its statements.</summary>
    public long Bytes { get; private set; } = unread?.RowBytes ?? 0;

    public override string ToString() => name.ToString();

    public void Add(string path, long start, ReadOnlySpan<byte> statement, SourceLocation origin, LexicalModes modes, SessionPoint point)
    {
        var length = statement.Length;
        Bytes += length;
        if (Segments is [.., var last] && last.Path == path && last.Modes == modes && ReferenceEquals(last.Point, point) && Follows(last, start))
        {
            last.Lengths.Add(length);
        }
        else
        {
            Segments.Add(new(path, start, origin, modes, point));
            Segments[^1].Lengths.Add(length);
        }

        Segments[^1].Sums.Add(Crc32C.Compute(statement));

        end = start + length;
    }

    /// <param name="segment">Of the file that was not read.</param>
    public void Open(RowSegment segment) => Segments.Add(segment);

    bool Follows(RowSegment segment, long start)
    {
        var gap = start - end;
        if (gap is < 0 or > LongestGap || (segment.Gap >= 0 && segment.Gap != gap))
            return false;
        segment.Gap = (int)gap;
        return true;
    }
}
