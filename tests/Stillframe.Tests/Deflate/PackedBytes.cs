using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Stillframe.Deflate;
using Stillframe.TestRuns;

namespace Stillframe.Tests.Deflate;

/// <summary>Unpacked by zlib, which we did not write.</summary>
public sealed class PackedBytes
{
    static readonly int[] sizes = [0, 1, 2, 3, 4, 11, 12, 13, 16, 257, 258, 259, 300, 4096, 16_384, 32_767, 32_768, 32_769, 65_534, 65_535, 65_536, 131_070, 131_071, 1 << 20, 3_000_001];

    public static TheoryData<int> Sizes => [.. sizes];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Of_every_kind_come_back_as_they_were(int size)
    {
        foreach (var (kind, bytes) in Inputs.Of(size, Seed.Random(size)))
        {
            using var packed = GzipMember.Pack(bytes);
            Assert.True(Unpacked(packed).AsSpan().SequenceEqual(bytes), $"{size} bytes, {kind}, seed {Seed.Value}");
        }
    }

    [Fact]
    public void Of_thousands_of_small_blocks_come_back_as_they_were()
    {
        var random = Seed.Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            foreach (var (kind, bytes) in Inputs.Of(random.Next(600), random))
            {
                using var packed = GzipMember.Pack(bytes);
                Assert.True(Unpacked(packed).AsSpan().SequenceEqual(bytes), $"block {i}, {kind}, seed {Seed.Value}");
            }
        }
    }

    [Fact]
    public void That_are_random_take_little_more_than_they_are()
    {
        foreach (var size in sizes)
        {
            var bytes = new byte[size];
            Seed.Random(size).NextBytes(bytes);
            using var packed = GzipMember.Pack(bytes);
            Assert.InRange(packed.Count, size, Deflater.Bound(size) + 18);
        }
    }

    [Fact]
    public void Of_records_are_as_small_as_zlib_makes_them_in_its_second_level()
    {
        var bytes = Inputs.Records(1 << 20, Seed.Random(3));
        using var ours = GzipMember.Pack(bytes);
        using var zlib = GzipMember.Pack(bytes, 2);
        Assert.InRange(ours.Count, 1, zlib.Count * 1.01);
    }

    /// <summary>Layers are found by their digests: what another machine or version packed has to be what this one packs. A change needs another <see cref="Deflater.Version"/>.</summary>
    [Fact]
    public void Are_the_same_on_every_machine()
    {
        var text = new StringBuilder();
        for (uint number = 1, i = 0; i < 60_000; i++, number = number * 1_664_525 + 1_013_904_223)
            text.Append(number >> 20).Append(i % 3 == 0 ? "','" : ",NULL,").Append((char)('a' + (number >> 28)));
        using var packed = GzipMember.Pack(Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Equal("2 94aa0f4ac51ae9aaee7f157f915ccb60", $"{Deflater.Version} {Convert.ToHexStringLower(SHA256.HashData(packed.Memory.Span))[..32]}");
    }

    static byte[] Unpacked(PackedBlock packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed.Array, 0, packed.Count), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        gzip.CopyTo(bytes); // it compares checksum and length
        return bytes.ToArray();
    }
}
