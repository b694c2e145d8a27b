using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Stillframe.Records;

/// <summary>A character set of columns of text, whose values are read in UTF-8.</summary>
/// <param name="width">Bytes of its widest character.</param>
/// <param name="unproved">Bytes of a text that are others in it, or none of it; null where all of UTF-8 is in it.</param>
sealed class RecordCharset(int width, SearchValues<byte>? unproved)
{
    static readonly byte[] high = [.. Enumerable.Range(0x80, 0x80).Select(one => (byte)one)];

    static readonly RecordCharset utf8Mb4 = new(4, null);

    /// <summary>Characters of four bytes are not in it.</summary>
    static readonly RecordCharset utf8Mb3 = new(3, SearchValues.Create([.. high.Where(one => one >= 0xf0)]));

    static readonly RecordCharset latin1 = new(1, SearchValues.Create(high));

    /// <summary>A column of that set may have bytes that it has no characters for, which are shown as question marks.</summary>
    static readonly RecordCharset ascii = new(1, SearchValues.Create([.. high, (byte)'?']));

    readonly CharacterMap? map;

    RecordCharset(CharacterMap map)
        : this(1, null) => this.map = map;

    public int Width => width;

    /// <param name="collation">Such as <c>utf8mb4_general_ci</c>.</param>
    /// <param name="maps">Of character sets of one byte a character, where they are known.</param>
    /// <returns>Null for one of which it is not proved.</returns>
    public static RecordCharset? Of(string? collation, IReadOnlyDictionary<string, CharacterMap>? maps = null) => collation?.Split('_')[0] switch
    {
        { } charset when maps is not null && charset != "ascii" && maps.TryGetValue(charset, out var map) => new(map),
        "utf8mb4" => utf8Mb4,
        "utf8mb3" or "utf8" => utf8Mb3,
        "latin1" => latin1,
        "ascii" => ascii,
        _ => null,
    };

    /// <summary>Writes the bytes of a text, if it is one of it and has so many characters at most.</summary>
    public bool TryWrite(ReadOnlySpan<byte> text, int characters, RecordImage target)
    {
        if (map is not null && !Ascii.IsValid(text))
            return Count(text) is var count && count <= characters && map.TryConvert(text, target.Take(count));
        if (!Has(text, characters))
            return false;
        text.CopyTo(target.Take(text.Length));
        return true;
    }

    bool Has(ReadOnlySpan<byte> text, int characters)
    {
        if (unproved is not null && text.ContainsAny(unproved))
            return false;
        if (Ascii.IsValid(text))
            return text.Length <= characters;
        return Utf8.IsValid(text) && (text.Length <= characters || Count(text) <= characters);
    }

    /// <summary>Bytes that begin a character.</summary>
    static int Count(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var one in text)
            count += (one & 0xc0) == 0x80 ? 0 : 1;
        return count;
    }
}
