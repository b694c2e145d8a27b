using System.Numerics;

namespace Stillframe.Deflate;

/// <summary>Literals and matches of one block, and how often each symbol will come.</summary>
sealed class TokenList
{
    /// <summary>How many a block has at most: fewer cost more for their codes, more fit their codes less.</summary>
    public const int Most = 24 * 1024;

    const int LengthShift = 16;
    const uint MatchFlag = 1u << 31;

    /// <summary>A literal is its byte; see <see cref="Match"/>.</summary>
    public uint[] Items { get; } = new uint[Most];

    public int Count { get; set; }

    /// <summary>By symbol.</summary>
    public int[] OfLiteralsAndLengths { get; } = new int[DeflateFormat.LiteralsAndLengths];

    /// <inheritdoc cref="OfLiteralsAndLengths"/>
    public int[] OfDistances { get; } = new int[DeflateFormat.Distances];

    public void Clear()
    {
        Count = 0;
        Array.Clear(OfLiteralsAndLengths);
        Array.Clear(OfDistances);
    }

    public static uint Match(int length, int distance) => MatchFlag | (uint)length << LengthShift | (uint)(distance - 1);

    public static bool IsMatch(uint token) => (int)token < 0;

    public static int LengthOf(uint match) => (int)(match >> LengthShift & 0x1ff);

    /// <summary>Less one, which is what the format has.</summary>
    public static int DistanceOf(uint match) => (int)(match & DeflateFormat.Window - 1);

    /// <summary>RFC 1951, section 3.2.5: two codes for each power of two.</summary>
    /// <param name="distance">Less one.</param>
    public static int CodeOfDistance(int distance)
    {
        if (distance < 4)
            return distance;
        var log = BitOperations.Log2((uint)distance);
        return 2 * log + (distance >> log - 1 & 1);
    }
}
