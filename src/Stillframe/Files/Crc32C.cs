using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stillframe.Files;

/// <summary>CRC-32C (Castagnoli), the checksum of InnoDB's pages and redo log; by the processor's own instruction where it has one.</summary>
/// <remarks>Own: System.IO.Hashing 10 has no Castagnoli; the step is the runtime's.</remarks>
static class Crc32C
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var eight in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, eight);
        foreach (var one in bytes[(bytes.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
