namespace Stillframe.Normalizing;

/// <summary>
/// Collations by number (information_schema.COLLATIONS), as the data dictionary stores them. InnoDB keeps CHAR(n) at a fixed length only
/// where every character takes the same number of bytes.
/// </summary>
static class Collations
{
    /// <summary>big5, ujis, sjis, euckr, gb2312, gbk, utf8mb3, utf8mb4, utf16, utf16le, cp932, eucjpms.</summary>
    static readonly int[] Varying = [1, 84, 12, 91, 13, 88, 19, 85, 24, 86, 28, 87, 33, 76, 83, 45, 46, 54, 55, 56, 62, 95, 96, 97, 98];

    const int NoPad = 1024, Uca1400 = 2048, Ucs2 = 2, Utf32 = 4;

    public static bool HaveOneWidth(int collation)
    {
        // from 2048 on: 256 of each of utf8mb3, utf8mb4, ucs2, utf16, utf32
        if (collation >= Uca1400)
            return (collation - Uca1400) / 256 is Ucs2 or Utf32;
        var padded = collation % NoPad;
        return !Varying.Contains(padded)
            && padded is not ((>= 101 and <= 124) or (>= 192 and <= 247) or (>= 576 and <= 578) or (>= 608 and <= 610) or (>= 672 and <= 674));
    }
}
