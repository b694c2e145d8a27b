using System.Runtime.CompilerServices;

namespace Stillframe.Deflate;

/// <summary>Blocks with codes of their own (RFC 1951, section 3.2.7), or stored where that is shorter (3.2.4).</summary>
sealed class BlockWriter
{
    readonly PrefixCode literals = new(DeflateFormat.LiteralsAndLengths, DeflateFormat.LongestCode), distances = new(DeflateFormat.Distances, DeflateFormat.LongestCode);
    readonly CodeLengthsWriter header = new();

    /// <summary>By length of a match: its code with the bits that follow it, and above <see cref="WidthShift"/> how many bits these are.</summary>
    readonly uint[] lengths = new uint[DeflateFormat.LongestMatch + 1];

    const int WidthShift = 24;

    /// <param name="block">The bytes that the tokens stand for.</param>
    /// <param name="last">Whether nothing follows.</param>
    public void Write(ref BitWriter output, ReadOnlySpan<byte> block, TokenList tokens, bool last)
    {
        tokens.OfLiteralsAndLengths[DeflateFormat.EndOfBlock] = 1;
        literals.Build(tokens.OfLiteralsAndLengths);
        distances.Build(tokens.OfDistances);
        var headerBits = header.Plan(literals.Lengths, distances.Lengths);
        if (StoredBits(block.Length) <= headerBits + Bits(tokens))
        {
            Store(ref output, block, last);
            return;
        }

        output.Add(last ? 1u : 0, 1);
        output.Add(DeflateFormat.DynamicCodes, 2);
        header.Write(ref output);
        JoinLengths();
        Write(ref output, tokens);
        output.Write(literals.Codes[DeflateFormat.EndOfBlock], literals.Lengths[DeflateFormat.EndOfBlock]);
    }

    long Bits(TokenList tokens)
    {
        long bits = 3;
        for (var symbol = 0; symbol < DeflateFormat.LiteralsAndLengths; symbol++)
            bits += (long)tokens.OfLiteralsAndLengths[symbol] * (literals.Lengths[symbol] + (symbol < DeflateFormat.FirstLength ? 0 : DeflateFormat.LengthExtraBits[symbol - DeflateFormat.FirstLength]));
        for (var code = 0; code < DeflateFormat.Distances; code++)
            bits += (long)tokens.OfDistances[code] * (distances.Lengths[code] + DeflateFormat.DistanceExtraBits(code));
        return bits;
    }

    /// <summary>With the most that filling up the byte before can take.</summary>
    static long StoredBits(int bytes) => bytes * 8L + (bytes + DeflateFormat.LongestStored - 1) / DeflateFormat.LongestStored * (3 + 7 + 32);

    static void Store(ref BitWriter output, ReadOnlySpan<byte> block, bool last)
    {
        do
        {
            var part = block[..Math.Min(block.Length, DeflateFormat.LongestStored)];
            block = block[part.Length..];
            output.Add(last && block.IsEmpty ? 1u : 0, 1);
            output.Add(DeflateFormat.Stored, 2);
            output.Align();
            output.Write((uint)part.Length, 16);
            output.Write((uint)~part.Length & 0xffff, 16);
            output.Copy(part);
        }
        while (!block.IsEmpty);
    }

    void JoinLengths()
    {
        for (int length = DeflateFormat.ShortestOfLength[0]; length <= DeflateFormat.LongestMatch; length++)
        {
            var place = DeflateFormat.CodeOfLength[length];
            var (code, width) = (literals.Codes[DeflateFormat.FirstLength + place], literals.Lengths[DeflateFormat.FirstLength + place]);
            lengths[length] = (uint)(code | length - DeflateFormat.ShortestOfLength[place] << width | width + DeflateFormat.LengthExtraBits[place] << WidthShift);
        }
    }

    /// <summary>A token has at most 48 bits: 15 + 5 for its length, 15 + 13 for its distance.</summary>
    /// <remarks>Optimized at once, as <see cref="MatchFinder.Find"/> is.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Write(ref BitWriter output, TokenList tokens)
    {
        var writer = output; // in registers
        var (codes, widths, ofDistances, distanceWidths) = (literals.Codes, literals.Lengths, distances.Codes, distances.Lengths);
        foreach (var token in tokens.Items.AsSpan(0, tokens.Count))
        {
            if (!TokenList.IsMatch(token))
            {
                writer.Write(codes[token], widths[token]);
                continue;
            }

            var length = lengths[TokenList.LengthOf(token)];
            writer.Add(length & (1u << WidthShift) - 1, (int)(length >> WidthShift));
            var distance = TokenList.DistanceOf(token);
            var code = TokenList.CodeOfDistance(distance);
            var (width, extra) = (distanceWidths[code], DeflateFormat.DistanceExtraBits(code));
            writer.Write((uint)(ofDistances[code] | (distance & (1 << extra) - 1) << width), width + extra);
        }

        output = writer;
    }
}
