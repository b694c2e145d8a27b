using System.Text;
using Stillframe.Loading.Bulk;
using Stillframe.TestRuns;

namespace Stillframe.Tests.Loading.Bulk;

public class FieldsThatAreReadBack
{
    [Fact]
    public void Are_what_was_written()
    {
        var random = Seed.Random();
        var values = Enumerable.Range(0, 2_000).Select(_ => random.Next(9) == 0 ? null : Value(random)).ToList();
        var buffer = new FieldBuffer();
        foreach (var value in values)
        {
            if (value is null)
                buffer.Null();
            else
                buffer.Value(value);
            buffer.EndField();
            if (random.Next(5) == 0)
                buffer.EndLine();
        }

        buffer.EndLine();
        var reader = new FieldReader();
        var lines = buffer.Written.Span;
        foreach (var value in values)
        {
            var found = reader.Next(ref lines, out var isNull);
            Assert.Equal(value is null, isNull);
            if (value is not null)
                Assert.Equal(value, found.ToArray());
        }

        Assert.True(lines.IsEmpty);
    }

    [Theory]
    [InlineData(@"a\0b\b\n\r\t\Zc", "a\0b\b\n\r\t\u001ac")]
    [InlineData(@"\\N", @"\N")]
    [InlineData(@"\Na", "Na")]
    [InlineData(@"a\N", "aN")]
    [InlineData(@"\'\""\x", "'\"x")]
    public void Mean_what_the_server_takes_them_for(string written, string value)
    {
        ReadOnlySpan<byte> line = Encoding.UTF8.GetBytes(written + "\n");
        var found = new FieldReader().Next(ref line, out var isNull);
        Assert.False(isNull);
        Assert.Equal(value, Encoding.UTF8.GetString(found));
    }

    static byte[] Value(Random random)
    {
        var value = new byte[random.Next(30) == 0 ? random.Next(20_000) : random.Next(12)];
        foreach (ref var one in value.AsSpan())
            one = random.Next(3) == 0 ? "\\\t\nN0n"u8[random.Next(6)] : (byte)random.Next(256);
        return value;
    }
}
