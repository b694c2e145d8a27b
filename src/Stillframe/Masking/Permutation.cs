using System.Buffers.Binary;

namespace Stillframe.Masking;

/// <summary>
/// Keyed permutations of the numbers below any bound: different numbers stay different. A Feistel network over two numbers whose product covers the bound, walked until it
/// ends below it (J. Black, P. Rogaway, "Ciphers with Arbitrary Finite Domains", 2002), with AES as its round function, as in NIST SP 800-38G. For one thread.
/// </summary>
sealed class Permutation : IDisposable
{
    const int Rounds = 8;

    readonly BlockCipher cipher;
    (ulong Bound, ulong Tweak, ulong Low, ulong High) started; // of the last bound and tweak
    ulong left;

    /// <param name="key">32 bytes.</param>
    public Permutation(byte[] key) => cipher = new(key);

    /// <param name="value">Below <paramref name="bound"/>.</param>
    /// <param name="bound">At most 2^63.</param>
    /// <param name="tweak">Another one gives another permutation.</param>
    public ulong Of(ulong value, ulong bound, ulong tweak = 0)
    {
        if (bound < 2)
            return value;
        Start(bound, tweak);
        var right = (bound + left - 1) / left;
        do
        {
            var (first, second) = (value / right, value % right);
            for (var round = 0; round < Rounds; round += 2)
            {
                first = (first + Round(round, second) % left) % left;
                second = (second + Round(round + 1, first) % right) % right;
            }

            value = first * right + second;
        }
        while (value >= bound);
        return value;
    }

    /// <summary>A number that depends on all bytes: a CBC-MAC, the number of bytes first.</summary>
    public ulong Mix(ReadOnlySpan<byte> bytes)
    {
        var (low, high) = cipher.Encrypt(0x6d61, (ulong)bytes.Length);
        Span<byte> part = stackalloc byte[16];
        while (!bytes.IsEmpty)
        {
            part.Clear();
            bytes[..Math.Min(16, bytes.Length)].CopyTo(part);
            (low, high) = cipher.Encrypt(low ^ BinaryPrimitives.ReadUInt64LittleEndian(part), high ^ BinaryPrimitives.ReadUInt64LittleEndian(part[8..]));
            bytes = bytes[Math.Min(16, bytes.Length)..];
        }

        return low;
    }

    public void Dispose() => cipher.Dispose();

    void Start(ulong bound, ulong tweak)
    {
        if (started.Bound == bound && started.Tweak == tweak)
            return;
        var (low, high) = cipher.Encrypt(bound, tweak);
        started = (bound, tweak, low, high);
        left = (ulong)Math.Sqrt(bound);
        while (left * left < bound)
            left++;
    }

    ulong Round(int round, ulong half) => cipher.Encrypt(started.Low ^ half, started.High ^ (ulong)(round + 1)).Low;
}
