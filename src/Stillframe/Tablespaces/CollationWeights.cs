using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Stillframe.Connections;
using Stillframe.Records;

namespace Stillframe.Tablespaces;

/// <summary>The weights that a collation gives characters of the basic plane, as the server's own WEIGHT_STRING says.</summary>
sealed class CollationWeights
{
    public const int Characters = 0x10000;

    /// <summary>Blocks of characters that stand for themselves, first and last: Latin, Greek and Cyrillic; punctuation and signs; kana and CJK; Hangul; wide forms.</summary>
    static readonly (char First, char Last)[] Alone = [('\0', '\u058f'), ('\u1e00', '\u2bff'), ('\u3000', '\ua48f'), ('\uac00', '\ud7a3'), ('\uff01', '\uffef')];

    /// <summary>And what in them may join another: combining marks, and the dot of Catalan.</summary>
    static readonly (char First, char Last)[] Joining = [('\u00b7', '\u00b7'), ('\u0300', '\u036f'), ('\u0387', '\u0387'), ('\u0483', '\u0489'), ('\u20d0', '\u20ff'), ('\u302a', '\u302f'), ('\u3099', '\u309a')];

    static readonly HashSet<string> proved =
    [
        "utf8mb4_general_ci", "utf8mb4_unicode_ci", "utf8mb4_unicode_520_ci", "utf8mb4_uca1400_ai_ci", "utf8mb3_general_ci", "utf8mb3_unicode_ci", "utf8mb3_unicode_520_ci", "utf8mb3_uca1400_ai_ci",
        "latin1_swedish_ci", "latin1_general_ci", "latin1_general_cs", "latin1_german1_ci", "latin1_danish_ci", "latin1_spanish_ci", "ascii_general_ci", "latin2_general_ci", "latin5_turkish_ci", "latin7_general_ci", "cp1250_general_ci", "cp1251_general_ci", "cp1251_ukrainian_ci", "cp1256_general_ci", "cp1257_general_ci",
        "koi8r_general_ci", "koi8u_general_ci", "greek_general_ci", "hebrew_general_ci", "cp850_general_ci", "cp852_general_ci", "cp866_general_ci", "macroman_general_ci",
    ];

    readonly ushort[] weights;
    readonly int[] starts;
    readonly bool isSimple;

    CollationWeights(ushort[] weights, int[] starts, bool isSimple) => (this.weights, this.starts, this.isSimple) = (weights, starts, isSimple);

    /// <summary>Those of which a test has compared keys with the server's.</summary>
    public static bool AreProved(string collation) => proved.Contains(collation);

    /// <summary>As the server gives them; a tenth of a second.</summary>
    public static async Task<CollationWeights> ReadAsync(ServerConnection connection, string collation, CancellationToken cancellationToken)
    {
        var charset = collation[..collation.IndexOf('_', StringComparison.Ordinal)];
        var hex = await connection.QueryAsync(
            $"SELECT COALESCE(HEX(WEIGHT_STRING(CONVERT(CAST(UNHEX(LPAD(HEX(seq), 4, '0')) AS CHAR CHARACTER SET ucs2) USING {charset}) COLLATE {collation})), '') FROM mysql.seq_0_to_65535 ORDER BY seq", cancellationToken);
        var all = new List<ushort>(hex.Count);
        var starts = new int[Characters + 1];
        for (var character = 0; character < Characters; character++)
        {
            // two bytes each, or one for all
            var digits = hex[character][0]!;
            for (var digit = 0; digit < digits.Length; digit += 4)
                all.Add(ushort.Parse(digits.AsSpan(digit, Math.Min(4, digits.Length - digit)), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            starts[character + 1] = all.Count;
        }

        // a character has one weight, whatever stands beside it: in general_ci and the like, and not in those that follow Unicode's algorithm
        return new([.. all], starts, isSimple: !collation.Contains("_u", StringComparison.Ordinal));
    }

    /// <summary>All of it, for <see cref="Unpack"/> on a machine of the same kind.</summary>
    public byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var target = new DeflateStream(packed, CompressionLevel.Fastest))
        {
            target.WriteByte(isSimple ? (byte)1 : (byte)0);
            target.Write(MemoryMarshal.AsBytes<int>(starts));
            target.Write(MemoryMarshal.AsBytes<ushort>(weights));
        }

        return packed.ToArray();
    }

    public static CollationWeights Unpack(byte[] packed)
    {
        using var source = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        var isSimple = source.ReadByte() == 1;
        var starts = new int[Characters + 1];
        source.ReadExactly(MemoryMarshal.AsBytes(starts.AsSpan()));
        var weights = new ushort[starts[^1]];
        source.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        return new(weights, starts, isSimple);
    }

    /// <summary>Of a space.</summary>
    public ushort Space => weights[starts[' ']];

    /// <returns>False for text with characters whose weight may depend on others.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryWeigh(ReadOnlySpan<byte> utf8, List<ushort> target)
    {
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var count) != System.Buffers.OperationStatus.Done)
                return false;
            utf8 = utf8[count..];
            if (rune.Value >= Characters)
            {
                if (!isSimple)
                    return false;
                target.Add((ushort)Rune.ReplacementChar.Value);
                continue;
            }

            var character = (char)rune.Value;
            if (!isSimple && (!IsIn(Alone, character) || IsIn(Joining, character)))
                return false;
            Weigh(character, target);
        }

        return true;
    }

    /// <summary>Of one character, by a collation where it has one weight, or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Weigh(char character, List<ushort> target)
    {
        for (var i = starts[character]; i < starts[character + 1]; i++)
            target.Add(weights[i]);
    }

    static bool IsIn((char First, char Last)[] blocks, char character)
    {
        foreach (var (first, last) in blocks)
        {
            if (character >= first && character <= last)
                return true;
        }

        return false;
    }
}

/// <summary>Text by a collation that ignores differences.</summary>
sealed class CollatedOrdering(CollationWeights collation) : PaddedOrdering(collation.Space)
{
    /// <inheritdoc/>
    protected override bool TryWeigh(ReadOnlySpan<byte> value, List<ushort> weights) => collation.TryWeigh(value, weights);
}

/// <summary>The same, of text in a character set of one byte a character.</summary>
sealed class MappedOrdering(CollationWeights collation, CharacterMap map) : PaddedOrdering(collation.Space)
{
    /// <inheritdoc/>
    protected override bool TryWeigh(ReadOnlySpan<byte> value, List<ushort> weights)
    {
        foreach (var one in value)
            collation.Weigh(map[one], weights);
        return true;
    }
}
