using Stillframe.Normalizing;

namespace Stillframe.Tablespaces;

/// <summary>A row of an index as it lies in a page, from the lengths before its origin to its last field; made anew for each.</summary>
/// <param name="nullBytes">Of the bits that say which of its fields are NULL.</param>
sealed class RowImage(int nullBytes)
{
    byte[] before = new byte[64], data = new byte[4096], all = [];
    int lengths, length;

    public int NullBytes => nullBytes;

    /// <summary>Bytes before the origin, and of them those of lengths of the fields of its key; bytes of the key.</summary>
    public int Extra => lengths + nullBytes + PageLayout.RowHeader;

    public int KeyLengths { get; private set; }

    public int KeyBytes { get; private set; }

    public int Size => Extra + length;

    /// <summary>Values that have no room in it, and where in its fields their references are.</summary>
    public List<(int Field, int At, byte[] Value)> Outside { get; } = [];

    public void Clear()
    {
        Outside.Clear();
        (lengths, length) = (0, 0);
        before.AsSpan(0, nullBytes).Clear();
    }

    public void SetNull(int bit) => before[bit / 8] |= (byte)(1 << bit % 8);

    /// <summary>The next field.</summary>
    public Span<byte> Field(int size)
    {
        if (data.Length - length < size)
            Array.Resize(ref data, Math.Max(data.Length * 2, length + size));
        length += size;
        return data.AsSpan(length - size, size);
    }

    /// <summary>The length of the next field, where it is not the same in every row.</summary>
    /// <param name="isLong">Whether it may be over 255 bytes in another row.</param>
    public void Length(int size, bool isLong)
    {
        if (size >= 0x80 && isLong)
            PutLength((byte)(size >> 8 | 0x80));
        PutLength((byte)size);
    }

    /// <summary>In place of the next field, which is stored elsewhere.</summary>
    public void Reference(ReadOnlySpan<byte> value, int field)
    {
        PutLength(0xc0);
        PutLength(PageLayout.ReferenceBytes);
        Outside.Add((field, length, value.ToArray()));
        Field(PageLayout.ReferenceBytes).Clear();
    }

    /// <summary>All so far is its key.</summary>
    public void EndKey() => (KeyLengths, KeyBytes) = (lengths, length);

    /// <summary>What stands in the page; its header is still empty.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        if (all.Length < Size)
            all = new byte[Size * 2];
        var start = Extra;
        // before the origin everything goes backwards
        for (var i = 0; i < nullBytes + lengths; i++)
            all[start - PageLayout.RowHeader - 1 - i] = before[i];
        all.AsSpan(start - PageLayout.RowHeader, PageLayout.RowHeader).Clear();
        data.AsSpan(0, length).CopyTo(all.AsSpan(start));
        return all.AsSpan(0, Size);
    }

    void PutLength(byte part)
    {
        if (nullBytes + lengths == before.Length)
            Array.Resize(ref before, before.Length * 2);
        before[nullBytes + lengths++] = part;
    }
}
