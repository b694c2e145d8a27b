using System.Text;

namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>Character sets of clients and columns, with letters of each that matter: second bytes that are backslashes, quotes' look-alikes.</summary>
static class Charsets
{
    const string Latin = "éßÿ×", Cyrillic = "Жяёъ", Japanese = "ソ表あｱ", Chinese = "中誠錛乗", Other = "€中😀\u00A0\u2028ǅ";

    static readonly Dictionary<string, (string Letters, int CodePage)> all = new()
    {
        ["utf8mb4"] = (Latin + Cyrillic + Japanese + Chinese + Other + "😀", 65001),
        ["utf8mb3"] = (Latin + Cyrillic + Japanese, 65001),
        ["latin1"] = (Latin, 1252),
        ["cp1251"] = (Cyrillic, 1251),
        ["sjis"] = ("ソ表あ", 932),
        ["gbk"] = ("中誠乗", 936),
        ["ascii"] = ("", 20127),
        ["ucs2"] = (Latin + Cyrillic, 0),
        ["utf16"] = (Latin + Cyrillic + "😀", 0),
        ["binary"] = ("", 0),
    };

    static Charsets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Of columns.</summary>
    public static IReadOnlyList<string> OfColumns { get; } = ["utf8mb4", "utf8mb3", "latin1", "cp1251", "sjis", "gbk", "ascii", "ucs2", "utf16"];

    /// <summary>Letters beyond ASCII that a client of one set can write into a column of the other.</summary>
    public static string Letters(string client, string column) =>
        client is "binary" ? "" : string.Concat(all[client].Letters.EnumerateRunes().Where(rune => all[column].Letters.EnumerateRunes().Contains(rune)));

    public static Encoding EncodingOf(string charset) => all[charset].CodePage is 0 or 65001 ? new UTF8Encoding(false) : Encoding.GetEncoding(all[charset].CodePage);
}
