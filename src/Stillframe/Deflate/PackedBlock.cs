using System.Buffers;

namespace Stillframe.Deflate;

/// <summary>What a block was packed to, in an array of the pool: a megabyte taken anew from the system each time would take as long as half of the packing.</summary>
/// <param name="Array">Its first <paramref name="Count"/> bytes are the packed block's.</param>
readonly record struct PackedBlock(byte[] Array, int Count) : IDisposable
{
    public ReadOnlyMemory<byte> Memory => Array.AsMemory(0, Count);

    /// <summary>An array for so many bytes, or more.</summary>
    public static byte[] Rent(int bytes) => ArrayPool<byte>.Shared.Rent(bytes);

    /// <summary>Gives the array back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(Array);
}
