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

    /// <summary>Pages of this tablespace that are headers of rollback segments.</summary>
    /// <param name="page">The page <see cref="SystemPage"/> of the system tablespace.</param>
    public static IEnumerable<long> Pages(byte[] page)
    {
        for (var i = 0; i < SlotCount; i++)
        {
            var slot = page.AsSpan(Slots + i * SlotBytes, SlotBytes);
            var number = ReadUInt32BigEndian(slot[4..]);
            if (ReadUInt32BigEndian(slot) == 0 && number != uint.MaxValue)
                yield return number;
        }
    }

    public static void SetNextTransaction(Span<byte> header) =>
        WriteUInt64BigEndian(header[(MaxTransaction + header.Length / 16 * UndoSlotBytes)..], NextTransaction);
}
