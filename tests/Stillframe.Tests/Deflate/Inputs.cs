using System.Buffers.Binary;
using System.Text;

namespace Stillframe.Tests.Deflate;

/// <summary>Bytes that are packed in different ways: by matches, near and far, by literals, stored.</summary>
static class Inputs
{
    public static IEnumerable<(string Kind, byte[] Bytes)> Of(int size, Random random)
    {
        yield return ("zeros", new byte[size]);
        var bytes = new byte[size];
        random.NextBytes(bytes);
        yield return ("random", bytes);
        yield return ("few symbols", Filled(size, _ => (byte)random.Next(1 + size % 5)));
        yield return ("text", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, size / 4 + 1).Select(_ => random.Next(100) + "','")))[..size]);
        yield return ("records", Records(size, random));
        yield return ("halves", Filled(size, i => i % 70_000 < 35_000 ? (byte)random.Next(256) : (byte)7));
        // each symbol half as often as the one before it: the codes get as long as they may, and longer
        yield return ("steep", Filled(size, _ => (byte)(System.Numerics.BitOperations.TrailingZeroCount(random.Next() | 1 << 30) * 3)));
        // what comes again comes at the very end of the window, or one byte beyond it
        var far = 32_768 + random.Next(2);
        yield return ("far", Filled(size, i => i < far ? bytes[i] : bytes[i % far]));
    }

    /// <summary>Pages as InnoDB has them: a header, records with fields that count up, and room at the end.</summary>
    public static byte[] Records(int size, Random random)
    {
        var bytes = new byte[size];
        var id = 1;
        for (var page = 0; page < size; page += 16 * 1024)
        {
            for (var at = page + 120; at + 40 < Math.Min(size, page + 15 * 1024); at += 33 + (id & 3))
            {
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), int.MinValue | id++);
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at + 10), random.Next(100_000));
                Encoding.ASCII.GetBytes($"name {random.Next(5_000)}").CopyTo(bytes, at + 17);
            }
        }

        return bytes;
    }

    static byte[] Filled(int size, Func<int, byte> value)
    {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++)
            bytes[i] = value(i);
        return bytes;
    }
}
