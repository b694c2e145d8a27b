using System.Globalization;
using Stillframe.Masking;

namespace Stillframe.Tests.Masking;

public class MaskedValues
{
    static readonly string[] phones = ["'+49 (0)30 123-456'", "'0049301234567'", "'12'", "'7'", "'12345678901234567890123456789012345678901234'", "'no number'"];

    [Fact]
    public void Stay_as_they_are_where_they_are_none()
    {
        foreach (var mask in Enum.GetNames<MaskKind>().Where(name => name is not ("Keep" or "Null" or "Date" or "Constant")))
            Assert.Equal(["NULL", "''", "DEFAULT"], AMask.Values("varchar(80)", AMask.Of("v", mask), "NULL", "''", "DEFAULT"));
        Assert.Equal(["NULL", "'x'"], AMask.Values("varchar(80)", AMask.Of("v", "constant", value: "x"), "NULL", "''"));
    }

    [Theory]
    [InlineData("hash", "^'[0-9a-fA-F]{32}'$")]
    [InlineData("email", "^'[a-zA-Z2-7]{16}@example.com'$")]
    [InlineData("name", "^'[A-Za-z]{8}'$")]
    [InlineData("letters", "^'[A-Za-z]{3}'$")]
    public void Are_equal_where_a_collation_holds_them_equal(string mask, string form)
    {
        var values = AMask.Values("varchar(80)", AMask.Of("v", mask), "'Ann'", "'ANN'", "'ann'", "'Ann'", "'Bob'");
        Assert.All(values, value => Assert.Matches(form, value));
        Assert.Equal(values[0], values[3]);
        Assert.Single(values.Take(4).Select(value => value.ToUpperInvariant()).Distinct());
        Assert.Equal(3, values.Take(3).Distinct().Count());
        Assert.NotEqual(values[0], values[4], StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void Of_text_with_digits_keep_everything_but_them()
    {
        var values = AMask.Values("varchar(80)", AMask.Of("v", "digits"), phones);
        for (var i = 0; i < phones.Length; i++)
            Assert.Equal(Mark(phones[i]), Mark(values[i]));
        Assert.Equal(phones[^1], values[^1]);
        Assert.DoesNotContain("123", values[0], StringComparison.Ordinal);

        static string Mark(string text) => new([.. text.Select(c => char.IsDigit(c) ? '9' : c)]);
    }

    [Fact]
    public void Of_text_with_letters_keep_its_case_and_signs()
    {
        var values = AMask.Values("varchar(80)", AMask.Of("v", "letters"), "'DE89 3704-x'", "'Müller'", "'Møller'", @"'it''s \\ ok'");
        Assert.Matches("^'[A-Z]{2}[0-9]{2} [0-9]{4}-[a-z]'$", values[0]);
        Assert.Matches("^'[A-Z][a-z]{5}'$", values[1]);
        Assert.NotEqual(values[1], values[2]);
        Assert.Matches(@"^'[a-z]{2}''[a-z] \\\\ [a-z]{2}'$", values[3]);
    }

    [Theory]
    [InlineData("digits", 4, "0123456789")]
    [InlineData("letters", 3, "abcdefghijklmnopqrstuvwxyz")]
    public void Of_a_permutation_differ_where_they_differed(string mask, int length, string alphabet)
    {
        var all = Enumerable.Range(0, (int)Math.Pow(alphabet.Length, length)).Select(number => string.Concat(Enumerable.Range(0, length).Select(i => alphabet[number / (int)Math.Pow(alphabet.Length, i) % alphabet.Length])));
        var values = AMask.Values("char(9)", AMask.Of("v", mask), all.Select(text => $"'{text}'"));
        Assert.Equal(values.Count, values.Distinct().Count());
        Assert.True(values.Zip(all).Count(pair => pair.First == $"'{pair.Second}'") < 20);
    }

    [Theory]
    [InlineData("tinyint", -128, 127)]
    [InlineData("tinyint unsigned", 0, 255)]
    [InlineData("smallint", -32768, 32767)]
    [InlineData("smallint unsigned", 0, 65535)]
    public void Of_integers_are_a_permutation_of_all_that_the_type_has(string type, int least, int greatest)
    {
        var numbers = Enumerable.Range(least, greatest - least + 1).ToList();
        var values = AMask.Values(type, AMask.Of("v", "digits"), numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))
            .Select(value => int.Parse(value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(numbers, values.Order());
        Assert.Equal(0, values[-least]);
        Assert.True(numbers.Zip(values).All(pair => Math.Sign(pair.First) == Math.Sign(pair.Second)));
        Assert.True(numbers.Zip(values).Where(pair => pair.First > 0).All(pair => pair.First.ToString(CultureInfo.InvariantCulture).Length == pair.Second.ToString(CultureInfo.InvariantCulture).Length));
    }

    [Fact]
    public void Of_integers_are_the_same_in_every_type_that_has_them()
    {
        string[] numbers = ["1", "42", "101", "127"];
        var values = AMask.Values("tinyint", AMask.Of("v", "digits"), numbers);
        foreach (var type in new[] { "int", "bigint unsigned", "mediumint" })
            Assert.Equal(values, AMask.Values(type, AMask.Of("v", "digits"), numbers));
        Assert.NotEqual(values, AMask.Values("int", AMask.Of("v", "digits", "another"), numbers));
        string[] large = ["18446744073709551615", "9223372036854775808", "9223372036854775807", "4294967296", "2147483647"];
        var masked = AMask.Values("bigint unsigned", AMask.Of("v", "digits"), large).Select(text => ulong.Parse(text, CultureInfo.InvariantCulture)).ToList();
        Assert.True(masked[1] > long.MaxValue && masked[2] <= long.MaxValue && masked[3] > uint.MaxValue && masked[4] <= int.MaxValue);
    }

    [Fact]
    public void Of_decimals_keep_their_point()
    {
        var values = AMask.Values("decimal(10,2)", AMask.Of("v", "digits"), "123.45", "-0.05", "0.00", "'7.10'");
        Assert.Matches("^[1-9][0-9]{2}[.][0-9]{2}$", values[0]);
        Assert.Matches("^-0[.]0[1-9]$", values[1]);
        Assert.Equal("0.00", values[2]);
        Assert.Matches("^[1-9][.][0-9]{2}$", values[3]);
    }

    [Fact]
    public void Of_dates_stay_in_their_year()
    {
        var days = Enumerable.Range(0, 366).Select(day => new DateTime(2024, 1, 1).AddDays(day)).ToList();
        var values = AMask.Values("date", AMask.Of("v", "date"), days.Select(day => $"'{day:yyyy-MM-dd}'"));
        Assert.Equal(days.Select(day => $"'{day:yyyy-MM-dd}'"), values.Order(StringComparer.Ordinal));
        string[] edges = ["'0000-00-00'", "'2024-00-00'", "'9999-12-31'", "'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'"];
        Assert.Equal(edges, AMask.Values("timestamp", AMask.Of("v", "date"), edges));
        var time = AMask.Values("datetime(3)", AMask.Of("v", "date"), "'2024-05-06 07:08:09.123'", "'2024-05-06 00:00:00.000'", "'2024-05-06'");
        Assert.Matches(@"^'2024-\d\d-\d\d \d\d:\d\d:\d\d[.]\d{3}'$", time[0]);
        Assert.Equal(time[2].Trim('\''), time[1][1..11]);
        Assert.Equal(time[2].Trim('\''), time[0][1..11]);
        Assert.EndsWith(" 00:00:00.000'", time[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_binary_columns_are_bytes()
    {
        var values = AMask.Values("binary(16)", AMask.Of("v", "hash"), "0x4D7953514C", "_binary 'MySQL'", "x'4d7953514c'");
        Assert.Matches("^0x[0-9A-F]{32}$", values[0]);
        Assert.Single(values.Distinct());
    }

    [Fact]
    public void Of_full_names_are_made_of_the_same_words()
    {
        var values = AMask.Values("varchar(80)", AMask.Of("v", "name"), "'Mary'", "'SMITH'", "'Mary Smith'").Select(value => value.Trim('\'')).ToList();
        Assert.Equal($"{values[0]} {values[1]}", values[2], ignoreCase: true);
        Assert.Matches("^[A-Z][a-z]+$", values[0]);
        Assert.Matches("^[A-Z]+$", values[1]);
    }

    [Fact]
    public void Depend_on_the_key()
    {
        const string Dump = "CREATE TABLE t (v varchar(80));INSERT INTO t VALUES ('Ann');";
        var one = AMask.Rows(Dump, AMask.Request(AMask.Of("v", "hash")));
        Assert.Equal(one, AMask.Rows(Dump, AMask.Request(AMask.Of("v", "hash"))));
        Assert.NotEqual(one, AMask.Rows(Dump, new([AMask.Of("v", "hash")], [], AMask.Key + "1")));
        Assert.NotEqual(one, AMask.Rows(Dump, AMask.Request(AMask.Of("v", "hash", "another domain"))));
    }

    [Fact]
    public void Are_as_long_as_the_shortest_column_of_their_domain()
    {
        const string Dump = "CREATE TABLE t (v varchar(80), w varchar(20), x varchar(16));INSERT INTO t VALUES ('Ann','Ann','Ann');";
        var row = AMask.Rows(Dump, AMask.Request(AMask.Of("v", "hash"), AMask.Of("w", "hash"), AMask.Of("x", "hash", "short")))[0].Split('\'');
        Assert.Equal(row[1], row[3]);
        Assert.Equal(20, row[1].Length);
        Assert.Equal(16, row[5].Length);
    }
}
