using System.Text;
using Stillframe.Dumps;
using Stillframe.Loading.Bulk;

namespace Stillframe.Tests.Loading.Bulk;

public class StringLiterals
{
    [Theory]
    [InlineData("abc'", "abc")]
    [InlineData("'", "")]
    [InlineData("it''s'", "it's")]
    [InlineData("it\\'s \\\"so\\\"'", "it\\'s \\\"so\\\"")]
    [InlineData("a\tb\nc'", "a\\tb\\nc")]
    [InlineData("\\0\\n\\r\\t\\b\\Z\\\\'", "\\0\\n\\r\\t\\b\\Z\\\\")]
    [InlineData("\\N'", "N")]
    [InlineData("\\%\\_'", "\\\\%\\\\_")]
    [InlineData("\\q'", "\\q")]
    [InlineData("\"quoted\"'", "\"quoted\"")]
    public void Escapes_mean_the_same_to_the_reader_of_fields(string sql, string field) => Assert.Equal(field, Write(sql, LexicalModes.None));

    [Theory]
    [InlineData("a\\'", "a\\\\")]
    [InlineData("a\\n''b'", "a\\\\n'b")]
    public void Without_backslash_escapes_a_backslash_is_one(string sql, string field) =>
        Assert.Equal(field, Write(sql, LexicalModes.NoBackslashEscapes));

    [Fact]
    public void A_backslash_before_a_byte_above_ascii_is_left_out()
    {
        var output = new FieldBuffer();
        Assert.Equal(4, StringLiteral.Of('\'', LexicalModes.None)!.Write([(byte)'\\', 0xC3, 0xA9, (byte)'\'', (byte)','], output));
        Assert.Equal([0xC3, 0xA9], output.Written.ToArray());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("abc\\")]
    [InlineData("")]
    public void An_end_that_is_missing_is_an_error(string sql) => Assert.Throws<NotBulkLoadableException>(() => Write(sql, LexicalModes.None));

    [Fact]
    public void Double_quotes_are_a_string_unless_they_enclose_names()
    {
        Assert.NotNull(StringLiteral.Of('"', LexicalModes.None));
        Assert.Null(StringLiteral.Of('"', LexicalModes.AnsiQuotes));
    }

    static string Write(string sql, LexicalModes modes)
    {
        var output = new FieldBuffer();
        var text = Encoding.UTF8.GetBytes(sql);
        Assert.Equal(text.Length, StringLiteral.Of('\'', modes)!.Write(text, output));
        return Encoding.UTF8.GetString(output.Written.Span);
    }
}

public class NumberLiterals
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-12,", "-12")]
    [InlineData("-0)", "0")]
    [InlineData("-0.00)", "0")]
    [InlineData("12.50,", "12.50")]
    [InlineData(".5,", ".5")]
    [InlineData("1.5e-7,", "1.5e-7")]
    [InlineData("-0e0,", "-0e0")]
    [InlineData("2E+10)", "2E+10")]
    public void Floats_take_every_number(string sql, string field) => Assert.Equal(field, Write(sql, Numbers.Floats));

    [Theory]
    [InlineData("1.5", nameof(Numbers.Integers))]
    [InlineData("1e3", nameof(Numbers.Decimals))]
    [InlineData("1e", nameof(Numbers.Floats))]
    [InlineData("-", nameof(Numbers.Floats))]
    [InlineData("--1", nameof(Numbers.Floats))]
    [InlineData("0", nameof(Numbers.Years))]
    [InlineData("69", nameof(Numbers.Years))]
    [InlineData("5", nameof(Numbers.None))]
    [InlineData("0.000000000000000000000000000000000000001", nameof(Numbers.Floats))]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123456", nameof(Numbers.Decimals))]
    public void What_text_would_change_does_not_travel(string sql, string numbers) => Assert.Null(Write(sql, Enum.Parse<Numbers>(numbers)));

    [Theory]
    [InlineData("2026", "2026")]
    [InlineData("0000", "0000")]
    public void Years_travel_with_four_digits(string sql, string field) => Assert.Equal(field, Write(sql, Numbers.Years));

    [Fact]
    public void Zero_does_not_travel_where_it_stands_for_the_next_number()
    {
        Assert.Equal(0, NumberLiteral.Write("0"u8, new ColumnRule(Numbers.Integers, Zero: false), new()));
        Assert.Equal(1, NumberLiteral.Write("7"u8, new ColumnRule(Numbers.Integers, Zero: false), new()));
    }

    static string? Write(string sql, Numbers numbers)
    {
        var output = new FieldBuffer();
        var text = Encoding.UTF8.GetBytes(sql);
        var taken = NumberLiteral.Write(text, new ColumnRule(numbers), output);
        if (taken == 0)
            return null;
        Assert.Equal(sql.TrimEnd(',', ')').Length, taken);
        return Encoding.UTF8.GetString(output.Written.Span);
    }
}

public class ByteLiterals
{
    [Theory]
    [InlineData("0x4D79", "My")]
    [InlineData("0xF", "\u000F")]
    [InlineData("x'4d79'", "My")]
    [InlineData("X''", "")]
    [InlineData("0x095C0A", "\\t\\\\\\n")]
    [InlineData("b'1001101'", "M")]
    [InlineData("0b100110101111001", "My")]
    [InlineData("b''", "")]
    public void Bytes_are_written_out(string sql, string field)
    {
        var output = new FieldBuffer();
        Assert.True(ByteLiteral.Is(Encoding.ASCII.GetBytes(sql + ")")));
        Assert.Equal(sql.Length, ByteLiteral.Write(Encoding.ASCII.GetBytes(sql + ")"), output));
        Assert.Equal(field, Encoding.ASCII.GetString(output.Written.Span));
    }

    [Fact]
    public void Long_ones_too()
    {
        var bytes = new byte[5001];
        Seed.Random().NextBytes(bytes);
        var (hex, raw) = (new FieldBuffer(), new FieldBuffer());
        ByteLiteral.Write(Encoding.ASCII.GetBytes($"0x{Convert.ToHexString(bytes)},"), hex);
        raw.Value(bytes);
        Assert.Equal(raw.Written.ToArray(), hex.Written.ToArray());
    }

    [Theory]
    [InlineData("x'4'")]
    [InlineData("x'4D")]
    [InlineData("x'4G'")]
    [InlineData("0x,")]
    public void Bad_ones_are_for_the_server_to_refuse(string sql) =>
        Assert.Throws<NotBulkLoadableException>(() => ByteLiteral.Write(Encoding.ASCII.GetBytes(sql), new()));
}
