namespace Stillframe.Records;

/// <summary>What <c>CHECKSUM TABLE</c> would give, of rows that are read anyway: the sum of their CRCs, so in any order.</summary>
/// <param name="format">Null for a table of which it is not proved.</param>
sealed class RowsChecksum(RecordFormat? format)
{
    readonly RecordImage image = new();
    RecordFormat? format = format;
    uint sum;

    /// <summary>Null where a row's bytes do not follow from it.</summary>
    public uint? Value => format is null ? null : sum;

    /// <param name="row">Of a text result.</param>
    public void Add(ReadOnlySpan<byte> row)
    {
        if (format is null)
            return;
        if (format.TryWrite(row, image))
            sum += Crc32.Compute(0, image.Written);
        else
            format = null;
    }
}
