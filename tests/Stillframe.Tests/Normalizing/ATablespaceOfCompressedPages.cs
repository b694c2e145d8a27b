using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tests.Normalizing;

public sealed class ATablespaceOfCompressedPages
{
    const int Extent = 64 * CompressedPages.Size;

    /// <summary>The dictionary isn't asked: where transactions stand does not depend on the key.</summary>
    static readonly DataDictionary Dictionary = new([], new HashSet<(uint, long)>());

    static Normalization Normalize(byte[] file)
    {
        var pages = new InnoDbPages(TablespaceFormat.Read(file), Dictionary);
        pages.Normalize(file, 0);
        return pages.Result;
    }

    /// <summary>Two extents; the second has a secondary index, and a page that is free.</summary>
    static byte[] Made(byte run, Action<byte[]>? change = null)
    {
        var root = CompressedPages.Root();
        root[^27] = root[^14] = run;
        change?.Invoke(root);
        byte[] first = [.. CompressedPages.Header(run), .. CompressedPages.Empty(5, run), .. CompressedPages.Empty(3, run), .. root];
        byte[] second = [.. CompressedPages.Secondary(run), .. new byte[3 * CompressedPages.Size], .. CompressedPages.Secondary(run)];
        return [.. first, .. new byte[Extent - first.Length], .. second, .. new byte[Extent - second.Length]];
    }

    [Fact]
    public void Made_twice_is_the_same()
    {
        var (first, second) = (Made(5), Made(9));

        Assert.Null(Normalize(first).LeftAlone);
        Normalize(second);

        Assert.Equal(first, second);
    }

    [Fact]
    public void Forgets_the_transactions_of_rows_and_keeps_all_else()
    {
        var file = Made(5);
        Normalize(file);

        var root = file[(3 * CompressedPages.Size)..(4 * CompressedPages.Size)];
        byte[] forgotten = [0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0];
        Assert.Equal([.. forgotten, .. forgotten, .. forgotten], root[CompressedPages.Transactions]);
        Assert.Equal(CompressedPages.Root()[24..^45], root[24..^45]);
        Assert.Equal(CompressedPages.Root()[^6..], root[^6..]);
        Assert.Equal(InnoDbPage.Lsn, ReadUInt64BigEndian(root.AsSpan(16)));
    }

    [Fact]
    public void Has_the_checksums_that_a_server_gives()
    {
        var page = CompressedPages.Root();

        CompressedPage.Seal(page); // the place in the log is not part of it

        Assert.Equal(CompressedPages.Root()[..16], page[..16]);
    }

    [Fact]
    public void Forgets_the_last_transaction_of_other_indexes_and_empties_free_pages()
    {
        var file = Made(5);
        Normalize(file);

        Assert.Equal(1ul, ReadUInt64BigEndian(file.AsSpan(Extent + 56)));
        Assert.False(file.AsSpan(Extent + CompressedPages.Size).ContainsAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(42, 0x90)] // more rows than a page holds
    [InlineData(42, 0)] // rows of an older format
    [InlineData(CompressedPages.Size - 1, 9)] // a row that begins within the header
    [InlineData(CompressedPages.Size - 32, 1)] // an id greater than any
    public void With_rows_of_another_shape_keeps_them(int at, byte value)
    {
        var file = Made(5, root => root[at] = value);
        var root = 3 * CompressedPages.Size;
        var before = file[(root + 24)..(root + CompressedPages.Size)];

        Assert.NotNull(Normalize(file).LeftAlone);

        Assert.Equal(before, file[(root + 24)..(root + CompressedPages.Size)]);
    }

    [Fact]
    public void That_is_encrypted_is_reported()
    {
        var file = Made(5, root => root[29] = 1);

        Assert.Equal("encrypted pages", Normalize(file).LeftAlone);
    }

    [Theory]
    [InlineData(0x23u, 1024, 64)]
    [InlineData(0x29u, 8192, 64)]
    [InlineData(0x2bu, 16384, 64)]
    public void Says_its_size(uint flags, int pageSize, int extentPages)
    {
        var start = new byte[TablespaceFormat.HeaderBytes];
        WriteUInt32BigEndian(start.AsSpan(54), flags);

        var format = TablespaceFormat.Read(start);

        Assert.Equal((pageSize, extentPages, true, null), (format.PageSize, format.ExtentPages, format.IsCompressed, format.Unsupported));
    }
}
