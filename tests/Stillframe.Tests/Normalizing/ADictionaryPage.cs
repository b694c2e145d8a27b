using System.Text;
using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tests.Normalizing;

public class ADictionaryPage
{
    const int Infimum = 101, Supremum = 116;

    /// <summary>A leaf of rows of one column, in the order of <paramref name="rows"/>, which lie in it one after the other behind a gap.</summary>
    /// <param name="gap">Bytes of a row that is gone.</param>
    static byte[] Page(int gap, params string[] rows)
    {
        var page = Pages.Empty(17855, 4711);
        page.AsSpan(125, gap).Fill(0xee);
        var (previous, at) = (Infimum, 125 + gap);
        for (var i = 0; i < rows.Length; i++)
        {
            var origin = at + 7;
            page[at] = (byte)rows[i].Length;
            WriteUInt16BigEndian(page.AsSpan(origin - 5), (ushort)(i + (gap > 0 ? 3 : 2) << 3));
            page[origin - 3] = 1 << 1 | 1; // one field, ends of one byte
            Encoding.ASCII.GetBytes(rows[i], page.AsSpan(origin));
            WriteUInt16BigEndian(page.AsSpan(previous - 2), (ushort)origin);
            (previous, at) = (origin, origin + rows[i].Length);
        }

        WriteUInt16BigEndian(page.AsSpan(previous - 2), Supremum);
        ushort[] header = [2, (ushort)at, (ushort)(rows.Length + (gap > 0 ? 3 : 2)), (ushort)(gap > 0 ? 132 : 0), (ushort)gap, (ushort)previous, 2, 1, (ushort)rows.Length];
        for (var i = 0; i < header.Length; i++)
            WriteUInt16BigEndian(page.AsSpan(38 + 2 * i), header[i]);
        WriteUInt16BigEndian(page.AsSpan(Pages.Size - 12), Supremum);
        WriteUInt16BigEndian(page.AsSpan(Pages.Size - 10), Infimum);
        return page;
    }

    static IEnumerable<string> Rows(byte[] page)
    {
        for (int row = ReadUInt16BigEndian(page.AsSpan(Infimum - 2)); row != Supremum; row = ReadUInt16BigEndian(page.AsSpan(row - 2)))
            yield return Encoding.ASCII.GetString(page, row, page[row - 7]);
    }

    [Fact]
    public void With_room_of_rows_that_are_gone_is_the_same_whatever_their_size()
    {
        var (one, other) = (Page(27, "shop/customer", "shop/item"), Page(28, "shop/customer", "shop/item"));

        Assert.True(DictionaryPage.Tidy(one));
        Assert.True(DictionaryPage.Tidy(other));

        Assert.Equal(one, other);
        Assert.Equal(["shop/customer", "shop/item"], Rows(one));
    }

    [Fact]
    public void Without_such_room_keeps_its_rows_where_they_are()
    {
        var page = Page(0, "a", "bb", "ccc");
        var before = page.ToArray();

        Assert.True(DictionaryPage.Tidy(page));

        Assert.Equal(before[54..], page[54..]); // behind what the header tells of insertions
        Assert.Equal(["a", "bb", "ccc"], Rows(page));
    }

    [Fact]
    public void With_a_row_beyond_its_end_stays_as_it_is_and_is_told()
    {
        var page = Page(5, "a", "bb");
        WriteUInt16BigEndian(page.AsSpan(Infimum - 2), 16383);
        var before = page.ToArray();

        Assert.False(DictionaryPage.Tidy(page));

        Assert.Equal(before, page);
    }

    [Fact]
    public void Of_rows_in_a_circle_stays_as_it_is_and_is_told()
    {
        var page = Page(5, "a", "bb");
        var first = ReadUInt16BigEndian(page.AsSpan(Infimum - 2));
        WriteUInt16BigEndian(page.AsSpan(ReadUInt16BigEndian(page.AsSpan(first - 2)) - 2), first);

        Assert.False(DictionaryPage.Tidy(page));
    }
}
