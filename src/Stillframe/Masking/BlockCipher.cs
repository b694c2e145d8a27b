using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace Stillframe.Masking;

/// <summary>
/// AES-256 of one block at a time (FIPS 197), by the processor's own instructions where it has them: a call into a library takes six times as long as the block itself, and every masked value needs
/// dozens. For one thread.
/// </summary>
sealed class BlockCipher : IDisposable
{
    const int Rounds = 14;

    readonly Vector128<byte>[] keys = []; // one a round, and one before
    readonly Aes? aes;
    readonly ICryptoTransform? cipher;
    readonly byte[] block = new byte[16];
    readonly byte[] result = new byte[16];

    /// <param name="key">32 bytes.</param>
    /// <param name="useInstructions">False for the library, as on processors without them.</param>
    public BlockCipher(byte[] key, bool useInstructions = true)
    {
        if (useInstructions && X86Aes.IsSupported)
        {
            keys = Expand(key);
            return;
        }

        aes = Aes.Create();
        aes.Key = key;
        aes.Mode = CipherMode.ECB; // one block each
        aes.Padding = PaddingMode.None;
        cipher = aes.CreateEncryptor();
    }

    /// <summary>A block as two little-endian numbers.</summary>
    public (ulong Low, ulong High) Encrypt(ulong low, ulong high)
    {
        if (cipher is null)
        {
            var state = Vector128.Create(low, high).AsByte() ^ keys[0];
            for (var round = 1; round < Rounds; round++)
                state = X86Aes.Encrypt(state, keys[round]);
            var numbers = X86Aes.EncryptLast(state, keys[Rounds]).AsUInt64();
            return (numbers[0], numbers[1]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(block, low);
        BinaryPrimitives.WriteUInt64LittleEndian(block.AsSpan(8), high);
        cipher.TransformBlock(block, 0, block.Length, result, 0);
        return (BinaryPrimitives.ReadUInt64LittleEndian(result), BinaryPrimitives.ReadUInt64LittleEndian(result.AsSpan(8)));
    }

    public void Dispose()
    {
        cipher?.Dispose();
        aes?.Dispose();
    }

    /// <summary>FIPS 197, 5.2, in words as the processor has them.</summary>
    static Vector128<byte>[] Expand(byte[] key)
    {
        var words = new uint[4 * (Rounds + 1)];
        MemoryMarshal.Cast<byte, uint>(key).CopyTo(words);
        for (var (i, constant) = (8, 1u); i < words.Length; i++)
        {
            var word = words[i - 1];
            if (i % 8 == 0)
            {
                word = BitOperations.RotateRight(Substituted(word), 8) ^ constant;
                constant <<= 1;
            }
            else if (i % 8 == 4)
                word = Substituted(word);
            words[i] = words[i - 8] ^ word;
        }

        return MemoryMarshal.Cast<uint, Vector128<byte>>(words).ToArray();
    }

    static uint Substituted(uint word) => X86Aes.KeygenAssist(Vector128.Create(0u, word, 0, 0).AsByte(), 0).AsUInt32()[0];
}
