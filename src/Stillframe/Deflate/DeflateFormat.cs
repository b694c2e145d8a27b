namespace Stillframe.Deflate;

/// <summary>The numbers of RFC 1951, "DEFLATE Compressed Data Format Specification version 1.3"; sections are its own.</summary>
static class DeflateFormat
{
    /// <summary>Section 3.2.5: literals and the end of a block come before the lengths of matches.</summary>
    public const int EndOfBlock = 256, FirstLength = 257, LiteralsAndLengths = 286;

    /// <summary>Section 3.2.5.</summary>
    public const int Distances = 30;

    /// <summary>Section 3.2.7: the alphabet in which the lengths of codes are written; the last three repeat.</summary>
    public const int CodeLengths = 19, RepeatPrevious = 16, RepeatZero = 17, RepeatZeroLong = 18;

    /// <summary>Section 2, in bytes.</summary>
    public const int Window = 32 * 1024, LongestMatch = 258;

    /// <summary>Sections 3.2.7 and 3.2.2, in bits.</summary>
    public const int LongestCode = 15, LongestCodeOfLengths = 7;

    /// <summary>Section 3.2.3, in two bits.</summary>
    public const uint Stored = 0, DynamicCodes = 2;

    /// <summary>Section 3.2.4, in bytes.</summary>
    public const int LongestStored = 65_535;

    /// <summary>Section 3.2.5: bits that follow the code of a length, and the shortest match that has it.</summary>
    public static ReadOnlySpan<byte> LengthExtraBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    /// <inheritdoc cref="LengthExtraBits"/>
    public static ReadOnlySpan<ushort> ShortestOfLength => [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    /// <summary>Section 3.2.7: the order in which the lengths of the codes for lengths are written.</summary>
    public static ReadOnlySpan<byte> OrderOfCodeLengths => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>The place of each length of a match among the lengths.</summary>
    public static readonly byte[] CodeOfLength = MakeCodesOfLengths();

    /// <summary>Bits that follow the code of a distance, and of one in the alphabet of code lengths.</summary>
    public static int DistanceExtraBits(int code) => Math.Max(0, code / 2 - 1);

    /// <inheritdoc cref="DistanceExtraBits"/>
    public static int RepeatExtraBits(int code) => code switch { RepeatPrevious => 2, RepeatZero => 3, RepeatZeroLong => 7, _ => 0 };

    static byte[] MakeCodesOfLengths()
    {
        var codes = new byte[LongestMatch + 1];
        for (var code = 0; code < ShortestOfLength.Length; code++)
            codes.AsSpan(ShortestOfLength[code]).Fill((byte)code);
        return codes;
    }
}
