using Stillframe.Dumps;
using Stillframe.Masking;

namespace Stillframe.Loading.Bulk;

/// <summary>A table's rows as lines of <c>LOAD DATA</c>, read from the dump once more and masked.</summary>
sealed class EncodedRows : IDisposable
{
    /// <summary>
    /// Bytes of a block on the wire: made in a fraction of a millisecond, while the server still works on what is in the socket's buffer.
    /// </summary>
    const int Block = 128 << 10;

    readonly RowSegmentReader reader = new();
    readonly TableRows rows;
    readonly RowMasker? masker;
    readonly LoadProgress? progress;
    readonly CancellationToken cancellationToken;

    /// <param name="masker">Null for rows as they are.</param>
    /// <exception cref="NotBulkLoadableException">Its rows can't be lines.</exception>
    /// <exception cref="StillframeException">SF1001, SF1011.</exception>
    public EncodedRows(TableRows rows, TableDescription table, RowMasker? masker, LoadProgress? progress, CancellationToken cancellationToken)
    {
        (this.rows, this.masker, this.progress, this.cancellationToken) = (rows, masker, progress, cancellationToken);
        try
        {
            var first = rows.Segments[0];
            if (rows.Segments.Any(segment => segment.Modes != first.Modes || segment.Session != first.Session))
                throw new NotBulkLoadableException("the session's variables change between its rows");
            Plan = TablePlan.Make(table, ColumnList(first), first.Session);
            Encoder = new(Plan.Rules, Plan.ColumnList, Plan.Charset, first.Modes, Plan.Counted);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public TablePlan Plan { get; }

    public RowEncoder Encoder { get; }

    public SessionSnapshot Session => rows.Segments[0].Session;

    /// <summary>Whole lines, valid until the next are asked for.</summary>
    /// <exception cref="NotBulkLoadableException">A value has to reach the server as the dump writes it.</exception>
    /// <exception cref="StillframeException">SF1001, SF1011.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Blocks()
    {
        foreach (var segment in rows.Segments)
        {
            foreach (var (text, location) in reader.Read(segment, cancellationToken))
            {
                var masked = masker is null ? text : masker.Apply(text, segment.Modes, location);
                Encoder.Start(masked.Span);
                var more = true;
                while (more)
                {
                    more = Encoder.Continue(masked.Span, Block);
                    if (!more && Encoder.Output.Length < Block)
                        break;
                    yield return Encoder.Output.Written;
                    Encoder.Output.Clear();
                }

                progress?.Rows(rows.Name, text.Length);
            }
        }

        yield return Encoder.Output.Written;
        Encoder.Output.Clear();
    }

    public void Dispose() => reader.Dispose();

    ReadOnlyMemory<byte> ColumnList(RowSegment segment)
    {
        foreach (var (text, _) in reader.Read(segment, cancellationToken))
            return RowsStatement.Parse(text.Span, segment.Modes).Columns.ToArray();
        throw new NotBulkLoadableException("it has no rows");
    }
}
