using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tests.Normalizing;

/// <summary>Pages as InnoDB writes them, as far as normalising looks at them.</summary>
static class Pages
{
    public const int Size = 16384;

    public static byte[] Empty(ushort type, ulong lsn)
    {
        var page = new byte[Size];
        WriteUInt64BigEndian(page.AsSpan(16), lsn);
        WriteUInt16BigEndian(page.AsSpan(24), type);
        WriteUInt32BigEndian(page.AsSpan(Size - 8), (uint)lsn);
        return Sealed(page);
    }

    /// <summary>The first page of a tablespace of 64 pages in one extent.</summary>
    /// <param name="used">Pages in use; the others are free.</param>
    /// <param name="flags">Page size 16 KiB and full_crc32 by default.</param>
    /// <param name="space">0 for the system's.</param>
    public static byte[] Header(int used, uint flags = 0x15, uint space = 6)
    {
        var page = Empty(8, 777);
        WriteUInt32BigEndian(page.AsSpan(34), space);
        WriteUInt32BigEndian(page.AsSpan(54), flags);
        WriteUInt32BigEndian(page.AsSpan(150 + 20), 2); // XDES_FREE_FRAG
        page.AsSpan(150 + 24, 16).Fill(0xff);
        for (var i = 0; i < used; i++)
            page[150 + 24 + i * 2 / 8] &= (byte)~(1 << i * 2 % 8);
        return Sealed(page);
    }

    /// <summary>A leaf in the compact format: each row a key and what follows it.</summary>
    /// <param name="lengths">Bytes before the row's header, the last first, such as lengths of columns.</param>
    public static byte[] Leaf(ulong index, ulong maxTransaction, params (byte[] Lengths, byte[] Row)[] rows)
    {
        var page = Empty(17855, 4711);
        WriteUInt16BigEndian(page.AsSpan(42), (ushort)(0x8000 | rows.Length + 2));
        WriteUInt64BigEndian(page.AsSpan(56), maxTransaction);
        WriteUInt64BigEndian(page.AsSpan(66), index);
        var (previous, at) = (99, 120);
        foreach (var (lengths, row) in rows)
        {
            lengths.CopyTo(page, at);
            var origin = at + lengths.Length + 5;
            WriteInt16BigEndian(page.AsSpan(previous - 2), (short)(origin - previous));
            row.CopyTo(page, origin);
            (previous, at) = (origin, origin + row.Length);
        }

        WriteInt16BigEndian(page.AsSpan(previous - 2), (short)(112 - previous));
        return Sealed(page);
    }

    public static byte[] Sealed(byte[] page)
    {
        WriteUInt32BigEndian(page.AsSpan(Size - 4), Crc32C.Compute(page.AsSpan(0, Size - 4)));
        return page;
    }
}
