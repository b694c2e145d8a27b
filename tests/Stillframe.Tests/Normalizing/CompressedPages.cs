using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tests.Normalizing;

/// <summary>Pages of a table with ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=1.</summary>
static class CompressedPages
{
    public const int Size = 1024;

    /// <summary>Bytes of the rows' transactions in <see cref="Root"/>, of the last row first.</summary>
    public static Range Transactions => ^45..^6;

    /// <summary>
    /// The clustered index that MariaDB 10.11.19 wrote for <c>(id INT PRIMARY KEY, v INT)</c> after <c>(1, 2)</c>, <c>(2, 3), (3, 4)</c> and DELETE of the third:
    /// two rows and the room of one, all of them in the page's log.
    /// </summary>
    public static byte[] Root()
    {
        var page = new byte[Size];
        Convert.FromHexString(
            "2d209e5500000003ffffffffffffffff000000000424e51e45bf000000000000000000000020000200c9800500b4001b000000020002000200000000000000000000"
            + "0000000000000044000000200000000200f2000000200000000200326881e294e66004000000ffff0300008a002e0200800000018000000204008000000280000003"
            + "0600800000038000000400").CopyTo(page, 0);
        Convert.FromHexString("00000000007e8500000135011000000000007c8400000134011000b40099007e").CopyTo(page, Size - 32);
        return page;
    }

    public static byte[] Empty(ushort type, ulong lsn)
    {
        var page = new byte[Size];
        WriteUInt64BigEndian(page.AsSpan(16), lsn);
        WriteUInt16BigEndian(page.AsSpan(24), type);
        return page;
    }

    /// <summary>The first page of a tablespace whose pages but the first 4 of both its extents are free.</summary>
    public static byte[] Header(ulong lsn)
    {
        var page = Empty(8, lsn);
        WriteUInt32BigEndian(page.AsSpan(34), 6); // the system's is 0
        WriteUInt32BigEndian(page.AsSpan(54), 0x23);
        foreach (var extent in new[] { 150, 190 })
        {
            page[extent + 23] = 2; // XDES_FREE_FRAG
            page.AsSpan(extent + 24, 16).Fill(0xff);
            page[extent + 24] = 0xaa;
        }

        return page;
    }

    /// <summary>A leaf of another index, last changed by a transaction.</summary>
    public static byte[] Secondary(byte transaction)
    {
        var page = Empty(InnoDbPage.Index, transaction);
        page[63] = transaction;
        page[73] = 99;
        return page;
    }
}
