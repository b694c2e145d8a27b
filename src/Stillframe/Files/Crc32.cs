using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stillframe.Files;

/// <summary>CRC-32 as zlib computes it, the checksum of Aria's pages and of gzip (RFC 1952, section 8); 64 bytes a step where the processor multiplies without carry, eight elsewhere.</summary>
/// <remarks>Own: System.IO.Hashing can't begin with a seed, and would have to be shipped with the tasks.</remarks>
static class Crc32
{
    /// <summary>The least that is folded.</summary>
    const int Folded = 64;

    static readonly uint[] Tables = MakeTables();

    /// <param name="seed">The checksum of what came before; Aria starts with the page's number.</param>
    public static uint Compute(uint seed, ReadOnlySpan<byte> bytes)
    {
        var crc = ~seed;
        if (Pclmulqdq.IsSupported && bytes.Length >= Folded)
        {
            var whole = bytes.Length & ~15;
            crc = Fold(crc, bytes[..whole]);
            bytes = bytes[whole..];
        }

        return ~ByTables(crc, bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static uint ByTables(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = Step(7, low) ^ Step(6, low >> 8) ^ Step(5, low >> 16) ^ Step(4, low >> 24)
                ^ Step(3, high) ^ Step(2, high >> 8) ^ Step(1, high >> 16) ^ Step(0, high >> 24);
        }

        foreach (var one in bytes)
            crc = crc >> 8 ^ Step(0, crc ^ one);
        return crc;
    }

    /// <summary>
    /// Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction" (Intel, 2009), its figures for bits that are the other way round: four times 128 bits are
    /// carried over the next 64 bytes, then into one, and what is left of them is divided by Barrett's method.
    /// </summary>
    /// <param name="bytes">A multiple of 16, at least 64.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static uint Fold(uint crc, ReadOnlySpan<byte> bytes)
    {
        var by64 = Vector128.Create(0x0154442bd4UL, 0x01c6e41596);
        var by16 = Vector128.Create(0x01751997d0UL, 0x00ccaa009e);
        var blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        var (a, b, c, d) = (blocks[0] ^ Vector128.CreateScalar(crc).AsUInt64(), blocks[1], blocks[2], blocks[3]);
        for (blocks = blocks[4..]; blocks.Length >= 4; blocks = blocks[4..])
            (a, b, c, d) = (Carry(a, by64) ^ blocks[0], Carry(b, by64) ^ blocks[1], Carry(c, by64) ^ blocks[2], Carry(d, by64) ^ blocks[3]);
        a = Carry(Carry(Carry(a, by16) ^ b, by16) ^ c, by16) ^ d;
        foreach (var block in blocks)
            a = Carry(a, by16) ^ block;

        var low = Vector128.Create(uint.MaxValue, 0, uint.MaxValue, 0).AsUInt64();
        a = Pclmulqdq.CarrylessMultiply(a, by16, 0x10) ^ Sse2.ShiftRightLogical128BitLane(a, 8);
        a = Pclmulqdq.CarrylessMultiply(a & low, Vector128.Create(0x0163cd6124UL, 0), 0) ^ Sse2.ShiftRightLogical128BitLane(a, 4);
        var barrett = Vector128.Create(0x01db710641UL, 0x01f7011641);
        var quotient = Pclmulqdq.CarrylessMultiply(a & low, barrett, 0x10) & low;
        return (Pclmulqdq.CarrylessMultiply(quotient, barrett, 0) ^ a).AsUInt32().GetElement(1);
    }

    static Vector128<ulong> Carry(Vector128<ulong> sum, Vector128<ulong> by) => Pclmulqdq.CarrylessMultiply(sum, by, 0) ^ Pclmulqdq.CarrylessMultiply(sum, by, 0x11);

    static uint Step(int table, uint value) => Tables[table << 8 | (byte)value];

    static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (uint i = 0; i < tables.Length; i++)
        {
            var value = i < 256 ? i : tables[i - 256];
            tables[i] = i < 256
                ? Enumerable.Range(0, 8).Aggregate(value, (crc, _) => crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320 : 0))
                : value >> 8 ^ tables[(byte)value];
        }

        return tables;
    }
}
