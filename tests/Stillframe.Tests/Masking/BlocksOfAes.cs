using System.Buffers.Binary;
using System.Security.Cryptography;
using Stillframe.Masking;

namespace Stillframe.Tests.Masking;

public sealed class BlocksOfAes
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Are_those_of_the_library(bool useInstructions)
    {
        var random = new Random(7);
        for (var time = 0; time < 200; time++)
        {
            var (key, block) = (new byte[32], new byte[16]);
            random.NextBytes(key);
            random.NextBytes(block);
            using var aes = Aes.Create();
            aes.Key = key;
            using var cipher = new BlockCipher(key, useInstructions);

            var (low, high) = cipher.Encrypt(BinaryPrimitives.ReadUInt64LittleEndian(block), BinaryPrimitives.ReadUInt64LittleEndian(block.AsSpan(8)));

            var ours = new byte[16];
            BinaryPrimitives.WriteUInt64LittleEndian(ours, low);
            BinaryPrimitives.WriteUInt64LittleEndian(ours.AsSpan(8), high);
            Assert.Equal(aes.EncryptEcb(block, PaddingMode.None), ours);
        }
    }
}
