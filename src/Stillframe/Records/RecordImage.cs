using System.Buffers.Binary;

namespace Stillframe.Records;

/// <summary>Bytes of one record after another, in memory that is used again.</summary>
sealed class RecordImage
{
    byte[] bytes = new byte[4096];
    int count;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, count);

    public void Clear() => count = 0;

    /// <summary>The next bytes, with whatever there was in them; valid until more are taken.</summary>
    public Span<byte> Take(int length)
    {
        if (bytes.Length - count < length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, checked(count + length)));
        count += length;
        return bytes.AsSpan(count - length, length);
    }

    /// <summary>The last bytes of a value, the least significant first.</summary>
    public void Put(ulong value, int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        bytes[..size].CopyTo(Take(size));
    }

    public Span<byte> At(int start, int length) => bytes.AsSpan(start, length);
}
