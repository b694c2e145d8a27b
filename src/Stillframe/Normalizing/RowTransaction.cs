using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// Rows name the transaction that wrote them (DB_TRX_ID, 6 bytes) and its undo record (DB_ROLL_PTR, 7 bytes). With no history left, a purge sets
/// them to "long ago" where it gets to it (row0purge.cc, row_purge_reset_trx_id).
/// </summary>
static class RowTransaction
{
    public const int Bytes = 13;

    /// <summary>An id below 2^40 and a place in an undo log; a wrong idea of where it stands hardly ever passes for a page full of rows.</summary>
    /// <param name="pageSize">Of the undo log.</param>
    public static bool IsOne(ReadOnlySpan<byte> at, int pageSize) =>
        at[0] == 0 && ReadUInt16BigEndian(at[11..]) < pageSize && (ReadUInt16BigEndian(at[11..]) != 0 || at[7] == 0);

    public static void Forget(Span<byte> at)
    {
        at[..Bytes].Clear();
        at[6] = 0x80;
    }
}
