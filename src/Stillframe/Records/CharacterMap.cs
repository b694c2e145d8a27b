using System.Buffers;
using System.Text;

namespace Stillframe.Records;

/// <summary>Characters of a set of one byte each, of which the first half is ASCII.</summary>
sealed class CharacterMap
{
    public const int Half = 0x80;

    readonly string upper;
    readonly byte[] bytes = new byte[0x10000];

    /// <param name="upper">Of the bytes from 0x80 on; zero for none.</param>
    public CharacterMap(string upper)
    {
        this.upper = upper;
        for (var one = 0; one < Half; one++)
            (bytes[one], bytes[upper[one]]) = ((byte)one, (byte)(upper[one] == 0 ? 0 : one + Half));
    }

    public char this[byte one] => one < Half ? (char)one : upper[one - Half];

    /// <param name="target">Of as many bytes as it has characters.</param>
    /// <returns>False for a text that has others, or is no UTF-8.</returns>
    public bool TryConvert(ReadOnlySpan<byte> utf8, Span<byte> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var count) != OperationStatus.Done || !rune.IsBmp)
                return false;
            utf8 = utf8[count..];
            target[i] = bytes[rune.Value];
            if (target[i] == 0 && rune.Value != 0)
                return false;
        }

        return utf8.IsEmpty;
    }
}
