using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tests.Normalizing;

public sealed class ATablespace : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    static readonly DataDictionary Dictionary = new(
        new Dictionary<ulong, ClusteredKey> { [40] = new([new(4, false)], 0) }, new HashSet<(uint, long)>());

    Normalization Normalize(byte[][] pages, out byte[] result)
    {
        var path = Path.Combine(directory.Path, "t.ibd");
        File.WriteAllBytes(path, [.. pages.SelectMany(page => page)]);
        var normalization = InnoDbPages.Normalize(path, Dictionary, CancellationToken.None);
        result = File.ReadAllBytes(path);
        return normalization;
    }

    static byte[] Row(byte transaction) => [1, 2, 3, 4, 0, 0, 0, 0, 0, transaction, 0x80, 0, 0, 0, 1, 1, 16];

    static byte[][] Made(byte run) =>
    [
        Pages.Header(6), Pages.Empty(5, run), Pages.Empty(3, run), Pages.Leaf(40, 0, ([], Row(run))), Pages.Leaf(41, run), new byte[Pages.Size],
        Pages.Empty(10, run), // free
    ];

    [Fact]
    public void Made_twice_is_the_same()
    {
        Assert.Null(Normalize(Made(5), out var first).LeftAlone);
        Normalize(Made(9), out var second);

        Assert.Equal(first, second);
    }

    [Fact]
    public void Keeps_the_auto_increment_value_of_its_clustered_index()
    {
        Normalize([Pages.Header(5), Pages.Empty(5, 1), Pages.Empty(3, 1), Pages.Leaf(40, 1234), Pages.Leaf(41, 1234)], out var result);

        Assert.Equal(1234ul, ReadUInt64BigEndian(result.AsSpan(3 * Pages.Size + 56)));
        Assert.Equal(1ul, ReadUInt64BigEndian(result.AsSpan(4 * Pages.Size + 56)));
    }

    [Fact]
    public void Of_the_system_has_an_empty_doublewrite_buffer()
    {
        var system = Pages.Empty(7, 1);
        (uint Offset, uint Value)[] header = [(10, 536853855), (14, 64), (18, 128)];
        foreach (var (offset, value) in header)
            WriteUInt32BigEndian(system.AsSpan((int)(Pages.Size - 200 + offset)), value);
        byte[][] pages = [Pages.Header(64, space: 0), .. Enumerable.Repeat(new byte[Pages.Size], 4), Pages.Sealed(system), .. Enumerable.Range(6, 187).Select(_ => Pages.Empty(6, 1))];
        pages[0].AsSpan(150, 40 * 4).Clear();
        for (var extent = 0; extent < 4; extent++)
            WriteUInt32BigEndian(pages[0].AsSpan(150 + extent * 40 + 20), 2); // all in use

        Assert.Null(Normalize(pages, out var result).LeftAlone);

        var empty = Enumerable.Range(0, pages.Length).Where(page => !result.AsSpan(page * Pages.Size, Pages.Size).ContainsAnyExcept((byte)0));
        Assert.Equal([1, 2, 3, 4, .. Enumerable.Range(64, 128)], empty);
    }

    [Fact]
    public void Is_sealed_anew_and_its_free_pages_are_empty()
    {
        Normalize(Made(5), out var result);

        var page = result.AsSpan(3 * Pages.Size, Pages.Size);
        Assert.Equal(Crc32C.Compute(page[..^4]), ReadUInt32BigEndian(page[^4..]));
        Assert.Equal(ReadUInt32BigEndian(page[20..]), ReadUInt32BigEndian(page[^8..]));
        Assert.False(result.AsSpan(5 * Pages.Size).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Normalised_once_does_not_change_again()
    {
        Normalize(Made(5), out var once);
        Normalize([once], out var twice);

        Assert.Equal(once, twice);
    }

    [Theory]
    [InlineData(0x35u, "PAGE_COMPRESSED")]
    [InlineData(0xe7u, "ROW_FORMAT=COMPRESSED of pages other than 16 KiB")]
    [InlineData(0x21u, "a checksum other than full_crc32")]
    public void Of_a_format_that_is_not_understood_stays_as_it_is(uint flags, string reason)
    {
        byte[][] pages = [Pages.Header(6, flags), .. Made(5)[1..]];

        Assert.Equal(reason, Normalize(pages, out var result).LeftAlone);
        Assert.Equal(pages.SelectMany(page => page), result);
    }

    [Fact]
    public void Of_a_table_that_the_dictionary_does_not_know_keeps_its_rows()
    {
        byte[][] pages = [Pages.Header(4), Pages.Empty(5, 1), Pages.Empty(3, 1), Pages.Leaf(77, 0, ([], Row(5)))];

        Assert.NotNull(Normalize(pages, out var result).LeftAlone);
        Assert.Equal(pages[3][100..400], result.AsSpan(3 * Pages.Size)[100..400].ToArray());
    }
}
