using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// Where the server goes on counting transactions: the greatest number in any rollback segment's header (trx0sys.h, trx0rseg.h).
/// </summary>
static class RollbackSegments
{
    /// <summary>Beyond what a load can reach, so that rows which had to stay as they were are not newer than the server.</summary>
    const ulong NextTransaction = 1UL << 32;

    public const int SystemPage = 5;

    const int Slots = 56, SlotCount = 128, SlotBytes = 8, MaxTransaction = 38 + 34, UndoSlotBytes = 4;

    /// <summary>The headers' pages, as (tablespace, page).</summary>
    /// <param name="page">The page <see cref="SystemPage"/> of the system tablespace.</param>
    public static IEnumerable<(uint Space, long Page)> Headers(byte[] page)
    {
        for (var i = 0; i < SlotCount; i++)
        {
            var number = ReadUInt32BigEndian(page.AsSpan(Slots + i * SlotBytes + 4));
            if (number != uint.MaxValue)
                yield return (ReadUInt32BigEndian(page.AsSpan(Slots + i * SlotBytes)), number);
        }
    }

    public static void SetNextTransaction(Span<byte> header) =>
        WriteUInt64BigEndian(header[(MaxTransaction + header.Length / 16 * UndoSlotBytes)..], NextTransaction);
}
