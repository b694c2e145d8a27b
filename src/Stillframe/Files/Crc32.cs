using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Stillframe.Files;

/// <summary>CRC-32 as zlib computes it, the checksum of Aria's pages; eight bytes a step.</summary>
/// <remarks>Own: System.IO.Hashing can't begin with a seed, and would have to be shipped with the tasks.</remarks>
static class Crc32
{
    static readonly uint[] Tables = MakeTables();

    /// <param name="seed">The checksum of what came before; Aria starts with the page's number.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Compute(uint seed, ReadOnlySpan<byte> bytes)
    {
        var crc = ~seed;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = Step(7, low) ^ Step(6, low >> 8) ^ Step(5, low >> 16) ^ Step(4, low >> 24)
                ^ Step(3, high) ^ Step(2, high >> 8) ^ Step(1, high >> 16) ^ Step(0, high >> 24);
        }

        foreach (var one in bytes)
            crc = crc >> 8 ^ Step(0, crc ^ one);
        return ~crc;
    }

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
