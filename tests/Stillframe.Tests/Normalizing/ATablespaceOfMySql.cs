using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tests.Normalizing;

public sealed class ATablespaceOfMySql : IDisposable
{
    const uint Flags = 0x4021, Encrypted = 0x6021;

    const int Type = 24, FirstOfValue = 24, OfValue = 23, IndexOfValue = 22, CompressedValue = 26;

    static readonly DataDictionary dictionary = new(
        new Dictionary<ulong, ClusteredKey> { [40] = new([new(4, false)], 0) }, new HashSet<(uint, long)>())
    {
        IsOfTablesOnly = true,
    };

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Made_twice_is_the_same_and_keeps_what_it_says_of_itself()
    {
        Assert.Null(Normalize(Made(5), out var first).LeftAlone);
        Normalize(Made(9), out var second);

        Assert.Equal(first, second);
        var description = first.AsSpan(3 * Pages.Size, Pages.Size);
        Assert.Equal("said"u8, description.Slice(125 + 12 + 13, 4));
        Assert.Equal("value"u8, first.AsSpan(5 * Pages.Size + 696, 5));
    }

    /// <summary>buf_calc_page_crc32: the same sum at both ends, of all but these, the place in the log and what follows it.</summary>
    [Fact]
    public void Has_a_checksum_at_both_ends_of_each_page()
    {
        Normalize(Made(5), out var result);

        for (var number = 0; number < 8; number++)
        {
            var page = result.AsSpan(number * Pages.Size, Pages.Size);
            var sum = Crc32C.Compute(page[4..26]) ^ Crc32C.Compute(page[38..^8]);
            Assert.Equal((sum, sum), (ReadUInt32BigEndian(page), ReadUInt32BigEndian(page[^8..])));
            Assert.Equal(ReadUInt32BigEndian(page[20..]), ReadUInt32BigEndian(page[^4..]));
        }
    }

    [Fact]
    public void With_values_outside_of_compressed_rows_says_that_it_may_differ()
    {
        Assert.Equal("values outside of compressed rows", Normalize([.. Made(5)[..5], Value(CompressedValue, 5)], out _).LeftAlone);
    }

    [Fact]
    public void That_is_encrypted_stays_as_it_is()
    {
        byte[][] pages = [Pages.Header(8, Encrypted), .. Made(5)[1..]];

        Assert.Equal("encrypted pages", Normalize(pages, out var result).LeftAlone);
        Assert.Equal(pages.SelectMany(page => page), result);
    }

    Normalization Normalize(byte[][] pages, out byte[] result)
    {
        var path = Path.Combine(directory.Path, "t.ibd");
        File.WriteAllBytes(path, [.. pages.SelectMany(page => page)]);
        var normalization = InnoDbPages.Normalize(path, dictionary, CancellationToken.None);
        result = File.ReadAllBytes(path);
        return normalization;
    }

    static byte[][] Made(byte run)
    {
        var description = Pages.Leaf(ulong.MaxValue, 0, ([], [.. new byte[12], .. Transaction(run), .. "said"u8]));
        WriteUInt16BigEndian(description.AsSpan(Type), 17853);
        return
        [
            Pages.Header(8, Flags), Pages.Empty(5, run), Pages.Empty(3, run), description, Pages.Leaf(40, 0, ([], [1, 2, 3, 4, .. Transaction(run)])), Value(FirstOfValue, run), Value(OfValue, run),
            Value(IndexOfValue, run),
        ];
    }

    static byte[] Transaction(byte run) => [0, 0, 0, 0, 0, run, 0x80, 0, 0, 0, 1, 1, 16];

    /// <summary>lob0first.h, lob0pages.h, lob0index.h: what they are written by stands at these places.</summary>
    static byte[] Value(ushort type, byte run)
    {
        var page = Pages.Empty(type, run);
        int[] places = type switch
        {
            FirstOfValue => [44 + 5, 50 + 3, 58 + 5, 96 + 28 + 5, 96 + 34 + 5, 96 + 9 * 60 + 40 + 3],
            OfValue => [43 + 5],
            _ => [39 + 28 + 5, 39 + 271 * 60 + 44 + 3],
        };
        foreach (var place in places)
            page[place] = run;
        "value"u8.CopyTo(page.AsSpan(696));
        return page;
    }
}
