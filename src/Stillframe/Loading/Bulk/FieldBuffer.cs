using System.Buffers;

namespace Stillframe.Loading.Bulk;

/// <summary>
/// Fields and lines as <c>LOAD DATA</c> reads them by default: separated by tabs and line feeds, escaped by backslashes, NULL as <c>\N</c>
/// (<see href="https://mariadb.com/kb/en/load-data-infile/"/>).
/// </summary>
sealed class FieldBuffer
{
    /// <summary>The same as SQL, in hexadecimal, which means the same in every sql_mode.</summary>
    public const string Format = "FIELDS TERMINATED BY 0x09 ESCAPED BY 0x5C LINES TERMINATED BY 0x0A";

    static readonly SearchValues<byte> Special = SearchValues.Create("\\\t\n"u8);

    byte[] bytes = new byte[1 << 18];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void EndField() => Raw((byte)'\t');

    /// <summary>In place of <see cref="EndField"/> after the last field.</summary>
    public void EndLine() => bytes[Length - 1] = (byte)'\n';

    public void Null() => Raw("\\N"u8);

    /// <summary>A byte that needs no escape.</summary>
    public void Raw(byte value)
    {
        if (Length == bytes.Length)
            Grow(1);
        bytes[Length++] = value;
    }

    /// <summary>Bytes that need no escape, or bring theirs along.</summary>
    public void Raw(ReadOnlySpan<byte> value)
    {
        if (value.Length > bytes.Length - Length)
            Grow(value.Length);
        value.CopyTo(bytes.AsSpan(Length));
        Length += value.Length;
    }

    /// <summary>A byte that has a meaning for the server's reader.</summary>
    public void Escaped(byte value)
    {
        Raw((byte)'\\');
        Raw(value switch { (byte)'\n' => (byte)'n', (byte)'\t' => (byte)'t', _ => value });
    }

    /// <summary>Any bytes.</summary>
    public void Value(ReadOnlySpan<byte> value)
    {
        for (var next = value.IndexOfAny(Special); next >= 0; next = value.IndexOfAny(Special))
        {
            Raw(value[..next]);
            Escaped(value[next]);
            value = value[(next + 1)..];
        }

        Raw(value);
    }

    void Grow(int more) => Array.Resize(ref bytes, (int)Math.Min(Math.Max(bytes.Length * 2L, (long)Length + more), Array.MaxLength));
}
