using Stillframe.Normalizing;

namespace Stillframe.Tests.Normalizing;

public class RowsOfAClusteredIndex
{
    static readonly byte[] Transaction = [0, 0, 0, 0, 0x4b, 0xa3, 0xa3, 0, 0, 1, 0x41, 1, 0x10];
    static readonly byte[] Forgotten = [0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0];

    [Fact]
    public void With_a_fixed_key_forget_their_transaction()
    {
        var page = Pages.Leaf(9, 0, ([], [1, 2, 3, 4, .. Transaction, 5]), ([], [1, 2, 3, 5, .. Transaction, 6]));

        Assert.True(ClusteredRows.ForgetTransactions(page, new([new(4, false)], 0)));

        Assert.Equal(Pages.Leaf(9, 0, ([], [1, 2, 3, 4, .. Forgotten, 5]), ([], [1, 2, 3, 5, .. Forgotten, 6]))[..300], page[..300]);
    }

    [Fact]
    public void With_a_key_of_variable_length_forget_their_transaction()
    {
        // lengths stand before the bitmap of nulls, the first column's nearest
        byte[] Row(byte[] transaction) => [7, 7, 7, .. new byte[300], .. transaction];
        var page = Pages.Leaf(9, 0, ([0x2c, 0x81, 3, 0], Row(Transaction)));

        Assert.True(ClusteredRows.ForgetTransactions(page, new([new(0, false), new(0, true)], 1)));

        Assert.Equal(Pages.Leaf(9, 0, ([0x2c, 0x81, 3, 0], Row(Forgotten)))[..600], page[..600]);
    }

    [Fact]
    public void Of_another_shape_stay_as_they_are()
    {
        var page = Pages.Leaf(9, 0, ([], [1, 2, 3, 4, .. Transaction, 5]));
        var before = page.ToArray();

        Assert.False(ClusteredRows.ForgetTransactions(page, new([new(2, false)], 0)));

        Assert.Equal(before, page);
    }
}

public class CollationsOfAKey
{
    [Theory]
    [InlineData(8)] // latin1_swedish_ci
    [InlineData(63)] // binary
    [InlineData(35)] // ucs2_general_ci
    [InlineData(2570)] // ucs2_uca1400
    [InlineData(1032)] // latin1_swedish_nopad_ci
    public void With_characters_of_one_width_store_them_at_a_fixed_length(int collation) => Assert.True(Collations.HaveOneWidth(collation));

    [Theory]
    [InlineData(33)] // utf8mb3_general_ci
    [InlineData(45)] // utf8mb4_general_ci
    [InlineData(224)] // utf8mb4_unicode_ci
    [InlineData(1069)] // utf8mb4_general_nopad_ci
    [InlineData(2310)] // utf8mb4_uca1400
    [InlineData(54)] // utf16_general_ci
    [InlineData(28)] // gbk_chinese_ci
    public void With_others_store_them_at_their_own(int collation) => Assert.False(Collations.HaveOneWidth(collation));
}
