namespace Stillframe.Deflate;

/// <summary>
/// A code for the symbols of an alphabet, short for those that come often: Huffman's, cut to a greatest length (RFC 1951, section 3.2.2).
/// The same frequencies give the same code, on every machine.
/// </summary>
/// <param name="symbols">How many the alphabet has, at most 512.</param>
/// <param name="longest">In bits.</param>
sealed class PrefixCode(int symbols, int longest)
{
    const int SymbolBits = 9;
    readonly uint[] sorted = new uint[symbols];
    readonly int[] nodes = new int[symbols];
    readonly int[] ofLength = new int[DeflateFormat.LongestCode + 2];

    /// <summary>In bits; 0 for a symbol that does not come.</summary>
    public byte[] Lengths { get; } = new byte[symbols];

    /// <summary>Its first bit is the lowest, as bits are written.</summary>
    public ushort[] Codes { get; } = new ushort[symbols];

    /// <param name="frequencies">How often each symbol comes, less than 2^23 times.</param>
    public void Build(ReadOnlySpan<int> frequencies)
    {
        Array.Clear(Lengths);
        var used = Sort(frequencies);
        if (used == 0)
            return;
        Array.Clear(ofLength);
        if (used == 1)
            ofLength[1] = 1; // half of a code, which section 3.2.7 allows for distances
        else
            CountLengths(used);
        AssignLengths(used);
        AssignCodes();
    }

    /// <summary>By frequency, then by symbol: no two are equal, so the order does not depend on how it is sorted.</summary>
    int Sort(ReadOnlySpan<int> frequencies)
    {
        var used = 0;
        for (var symbol = 0; symbol < frequencies.Length; symbol++)
        {
            if (frequencies[symbol] != 0)
                sorted[used++] = (uint)frequencies[symbol] << SymbolBits | (uint)symbol;
        }

        sorted.AsSpan(0, used).Sort();
        return used;
    }

    /// <summary>How many codes there are of each length. Moffat and Katajainen, "In-place calculation of minimum-redundancy codes" (1995): parents, depths of inner nodes, depths of leaves.</summary>
    void CountLengths(int used)
    {
        for (var i = 0; i < used; i++)
            nodes[i] = (int)(sorted[i] >> SymbolBits);
        var (leaf, inner) = (0, 0);
        for (var next = 0; next < used - 1; next++)
        {
            var first = Take(next);
            nodes[next] = first + Take(next);
        }

        nodes[used - 2] = 0;
        for (var i = used - 3; i >= 0; i--)
            nodes[i] = nodes[nodes[i]] + 1;
        var (open, depth, at) = (1, 0, used - 2);
        while (open > 0)
        {
            var split = 0;
            for (; at >= 0 && nodes[at] == depth; at--)
                split++;
            ofLength[Math.Min(depth, longest)] += open - split;
            open = 2 * split;
            depth++;
        }

        Shorten();

        int Take(int next)
        {
            if (leaf < used && (inner >= next || nodes[leaf] <= nodes[inner]))
                return nodes[leaf++];
            var weight = nodes[inner];
            nodes[inner++] = next;
            return weight;
        }
    }

    /// <summary>Codes that were cut take room that others have: one of these gets a bit longer for each two of them that become one.</summary>
    void Shorten()
    {
        long room = 0;
        for (var bits = 1; bits <= longest; bits++)
            room += (long)ofLength[bits] << longest - bits;
        for (; room > 1L << longest; room--)
        {
            var bits = longest - 1;
            while (ofLength[bits] == 0)
                bits--;
            ofLength[longest]--;
            ofLength[bits]--;
            ofLength[bits + 1] += 2;
        }
    }

    void AssignLengths(int used)
    {
        for (var bits = 1; bits <= longest; bits++)
        {
            for (var count = ofLength[bits]; count > 0; count--)
                Lengths[sorted[--used] & (1 << SymbolBits) - 1] = (byte)bits;
        }
    }

    /// <summary>Section 3.2.2: of equal lengths in the order of symbols.</summary>
    void AssignCodes()
    {
        Span<int> next = stackalloc int[DeflateFormat.LongestCode + 2];
        for (var bits = 1; bits <= longest; bits++)
            next[bits + 1] = next[bits] + ofLength[bits] << 1;
        for (var symbol = 0; symbol < Lengths.Length; symbol++)
        {
            if (Lengths[symbol] is var bits and > 0)
                Codes[symbol] = Reversed(next[bits]++, bits);
        }
    }

    static ushort Reversed(int code, int bits)
    {
        var reversed = 0;
        for (; bits > 0; bits--, code >>= 1)
            reversed = reversed << 1 | code & 1;
        return (ushort)reversed;
    }
}
