namespace Stillframe.Deflate;

/// <summary>The head of a block with codes of its own: their lengths, run-length coded, by a code of their own (RFC 1951, section 3.2.7).</summary>
sealed class CodeLengthsWriter
{
    const int SymbolBits = 5;
    readonly byte[] lengths = new byte[DeflateFormat.LiteralsAndLengths + DeflateFormat.Distances];

    /// <summary>Symbols, each with what it repeats above them.</summary>
    readonly ushort[] runs = new ushort[DeflateFormat.LiteralsAndLengths + DeflateFormat.Distances];
    readonly int[] frequencies = new int[DeflateFormat.CodeLengths];
    readonly PrefixCode code = new(DeflateFormat.CodeLengths, DeflateFormat.LongestCodeOfLengths);
    int literals, distances, codeLengths, count;

    /// <returns>How many bits <see cref="Write"/> will take.</returns>
    public int Plan(ReadOnlySpan<byte> ofLiterals, ReadOnlySpan<byte> ofDistances)
    {
        literals = Math.Max(DeflateFormat.FirstLength, ofLiterals.LastIndexOfAnyExcept((byte)0) + 1);
        distances = Math.Max(1, ofDistances.LastIndexOfAnyExcept((byte)0) + 1);
        ofLiterals[..literals].CopyTo(lengths);
        ofDistances[..distances].CopyTo(lengths.AsSpan(literals));
        Array.Clear(frequencies);
        count = 0;
        for (ReadOnlySpan<byte> left = lengths.AsSpan(0, literals + distances); !left.IsEmpty;)
        {
            var run = left.IndexOfAnyExcept(left[0]) is var end and >= 0 ? end : left.Length;
            Repeat(left[0], run);
            left = left[run..];
        }

        code.Build(frequencies);
        codeLengths = DeflateFormat.CodeLengths;
        while (codeLengths > 4 && code.Lengths[DeflateFormat.OrderOfCodeLengths[codeLengths - 1]] == 0)
            codeLengths--;
        var bits = 5 + 5 + 4 + 3 * codeLengths;
        for (var symbol = 0; symbol < frequencies.Length; symbol++)
            bits += frequencies[symbol] * (code.Lengths[symbol] + DeflateFormat.RepeatExtraBits(symbol));
        return bits;
    }

    void Repeat(byte length, int run)
    {
        if (length == 0)
        {
            run = Repeat(DeflateFormat.RepeatZeroLong, 11, 138, run);
            run = Repeat(DeflateFormat.RepeatZero, 3, 10, run);
        }
        else
        {
            Add(length, 0);
            run = Repeat(DeflateFormat.RepeatPrevious, 3, 6, run - 1);
        }

        for (; run > 0; run--)
            Add(length, 0);
    }

    /// <returns>What is left of the run.</returns>
    int Repeat(int symbol, int least, int most, int run)
    {
        while (run >= least)
        {
            var part = Math.Min(run, most);
            Add(symbol, part - least);
            run -= part;
        }

        return run;
    }

    void Add(int symbol, int extra)
    {
        runs[count++] = (ushort)(extra << SymbolBits | symbol);
        frequencies[symbol]++;
    }

    public void Write(ref BitWriter output)
    {
        output.Add((uint)(literals - DeflateFormat.FirstLength), 5);
        output.Add((uint)distances - 1, 5);
        output.Write((uint)codeLengths - 4, 4);
        foreach (var symbol in DeflateFormat.OrderOfCodeLengths[..codeLengths])
            output.Write(code.Lengths[symbol], 3);
        foreach (var run in runs.AsSpan(0, count))
        {
            var symbol = run & (1 << SymbolBits) - 1;
            output.Add(code.Codes[symbol], code.Lengths[symbol]);
            output.Write((uint)run >> SymbolBits, DeflateFormat.RepeatExtraBits(symbol));
        }
    }
}
