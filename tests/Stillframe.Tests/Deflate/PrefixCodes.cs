using Stillframe.Deflate;
using Stillframe.TestRuns;

namespace Stillframe.Tests.Deflate;

public sealed class PrefixCodes
{
    [Fact]
    public void Have_no_code_that_begins_another_and_no_room_left()
    {
        var random = Seed.Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var (symbols, longest) = (random.Next(2, 287), random.Next(9, 16));
            var code = new PrefixCode(symbols, longest);
            var frequencies = Frequencies(symbols, random);
            if (frequencies.Count(frequency => frequency > 0) < 2)
                continue;
            code.Build(frequencies);
            Assert.All(Enumerable.Range(0, symbols), symbol => Assert.Equal(frequencies[symbol] > 0, code.Lengths[symbol] is > 0));
            Assert.All(code.Lengths, length => Assert.InRange(length, 0, longest));
            Assert.Equal(1L << longest, code.Lengths.Where(length => length > 0).Sum(length => 1L << longest - length));
            var written = Enumerable.Range(0, symbols).Where(symbol => frequencies[symbol] > 0).Select(symbol => string.Concat(Enumerable.Range(0, code.Lengths[symbol]).Select(bit => code.Codes[symbol] >> bit & 1))).Order(StringComparer.Ordinal).ToList();
            Assert.All(written.Zip(written.Skip(1)), pair => Assert.False(pair.Second.StartsWith(pair.First, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Take_as_few_bits_as_Huffman_s_where_none_is_cut()
    {
        var random = Seed.Random(2);
        for (var i = 0; i < 2_000; i++)
        {
            var frequencies = Enumerable.Range(0, random.Next(2, 287)).Select(_ => random.Next(50, 1_000)).ToArray();
            var code = new PrefixCode(frequencies.Length, 15);
            code.Build(frequencies);
            Assert.Equal(Huffman(frequencies), frequencies.Select((frequency, symbol) => (long)frequency * code.Lengths[symbol]).Sum());
        }
    }

    [Fact]
    public void That_would_be_too_long_are_cut()
    {
        int[] fibonacci = [1, 1];
        while (fibonacci.Length < 30)
            fibonacci = [.. fibonacci, fibonacci[^1] + fibonacci[^2]];
        var code = new PrefixCode(30, 15);
        code.Build(fibonacci);
        Assert.Equal(15, code.Lengths.Max());
        Assert.Equal(1, code.Lengths[29]);
        Assert.Equal(1 << 15, code.Lengths.Sum(length => 1 << 15 - length));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 5 }, new byte[] { 0, 0, 1 })]
    [InlineData(new[] { 0, 0, 0 }, new byte[] { 0, 0, 0 })]
    public void Of_one_symbol_or_none_have_one_bit_or_none(int[] frequencies, byte[] lengths)
    {
        var code = new PrefixCode(3, 15);
        code.Build([9, 9, 9]); // one that was used before
        code.Build(frequencies);
        Assert.Equal(lengths, code.Lengths);
    }

    static int[] Frequencies(int symbols, Random random)
    {
        var steepness = random.Next(1, 22);
        return [.. Enumerable.Range(0, symbols).Select(_ => random.Next(3) == 0 ? 0 : 1 << random.Next(steepness) | 1)];
    }

    /// <summary>The bits of the text, by the textbook: the two rarest become one.</summary>
    static long Huffman(int[] frequencies)
    {
        var queue = new PriorityQueue<long, long>(frequencies.Select(frequency => ((long)frequency, (long)frequency)));
        long bits = 0;
        while (queue.Count > 1)
        {
            var sum = queue.Dequeue() + queue.Dequeue();
            bits += sum;
            queue.Enqueue(sum, sum);
        }

        return bits;
    }
}
