using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stillframe.Deflate;

/// <summary>
/// Finds what has come before. Three places are looked at for each byte: as far back as the last match was, which in a page of records is where a record has the same field as the one
/// before it, the newest place with the same seven bytes, and the newest with the same four. The longest match is taken at once.
/// </summary>
/// <remarks>zlib's fast levels walk a chain of places with the same four bytes; the other two kinds are rarely the first in it.</remarks>
sealed class MatchFinder
{
    /// <summary>Most matches are short: a table that is too small for them loses more than that of the long ones.</summary>
    const int FourBits = 17, SevenBits = 16;

    const int Shortest = 4;

    /// <summary>Bits that an eight-byte word has beside the seven bytes of which a long hash is made.</summary>
    const int UnusedBits = 8;

    /// <summary>A match so long is taken without looking for another.</summary>
    const int LongEnough = 16;

    /// <summary>Shorter matches are chance: where the next one is, they don't tell.</summary>
    const int ShortestToStay = 12;

    /// <summary>After so many bytes looked up without a match each second one is, after twice as many each third: what can't be packed costs little.</summary>
    const int MissesToSkip = 64;

    /// <summary>At the end of the input, where eight bytes and some beside them can't be read at once.</summary>
    const int Margin = 12;

    /// <summary>The newest place that has them, by the hash of four bytes and of seven; the first place where there is none, which is compared as any other.</summary>
    readonly int[] fours = new int[1 << FourBits], sevens = new int[1 << SevenBits];
    int last;

    /// <summary>Begins with another input.</summary>
    public void Clear()
    {
        Array.Clear(fours);
        Array.Clear(sevens);
        last = 1;
    }

    /// <summary>Fills the list with what follows, as far as there is room for it.</summary>
    /// <returns>Where it ends.</returns>
    /// <remarks>Optimized at once: in a build of seconds the runtime would count its calls and branches, by a function for each, for half of the time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(ReadOnlySpan<byte> input, int position, TokenList tokens)
    {
        ref var start = ref MemoryMarshal.GetReference(input);
        ref var byFour = ref MemoryMarshal.GetArrayDataReference(fours);
        ref var bySeven = ref MemoryMarshal.GetArrayDataReference(sevens);
        var (items, symbols, distances, codes) = (tokens.Items, tokens.OfLiteralsAndLengths, tokens.OfDistances, DeflateFormat.CodeOfLength);
        var (at, count, missed, limit, repeat) = (position, 0, 0, input.Length - Margin, last);
        while (at < limit && count < items.Length)
        {
            var four = Four(ref start, at);
            var near = Replace(ref PlaceOfFour(ref byFour, four), at);
            var far = Replace(ref PlaceOfSeven(ref bySeven, Eight(ref start, at)), at);
            var most = Math.Min(DeflateFormat.LongestMatch, input.Length - at);
            var best = new Match(Shortest - 1, 0);
            if (at >= repeat && Four(ref start, at - repeat) == four)
                best = new(Length(ref start, at, repeat, most), repeat);
            if (best.Length < LongEnough)
            {
                best = Longer(ref start, at, at - far, four, most, best);
                best = Longer(ref start, at, at - near, four, most, best);
            }

            var (length, distance) = best;
            if (distance == 0)
            {
                var literal = Unsafe.Add(ref start, at++);
                items[count++] = literal;
                symbols[literal]++;
                if (++missed >= MissesToSkip)
                    at = TakeLiterals(input[..Math.Min(limit, at + missed / MissesToSkip)], at, tokens, ref count);
                continue;
            }

            missed = 0;
            items[count++] = TokenList.Match(length, distance);
            symbols[DeflateFormat.FirstLength + codes[length]]++;
            distances[TokenList.CodeOfDistance(distance - 1)]++;
            if (length >= ShortestToStay)
                repeat = distance;
            // a few places of a match are enough to find it again; all of them would push out others
            Remember(ref byFour, ref bySeven, ref start, at + 1);
            Remember(ref byFour, ref bySeven, ref start, at + 3);
            at += length;
            if (at < limit)
                Remember(ref byFour, ref bySeven, ref start, at - 2);
        }

        last = repeat;
        if (at >= limit)
            at = TakeLiterals(input, at, tokens, ref count);
        tokens.Count = count;
        return at;
    }

    static int TakeLiterals(ReadOnlySpan<byte> input, int at, TokenList tokens, ref int count)
    {
        for (; at < input.Length && count < tokens.Items.Length; at++)
        {
            tokens.Items[count++] = input[at];
            tokens.OfLiteralsAndLengths[input[at]]++;
        }

        return at;
    }

    /// <summary>Takes a match that is longer than what was found: its last four bytes tell fastest that it is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Match Longer(ref byte start, int at, int distance, uint four, int most, Match best)
    {
        // both are asked before there is a branch: one that is hard to foretell costs more than the reading
        if (!((uint)(distance - 1) < DeflateFormat.Window & Four(ref start, at - distance) == four))
            return best;
        var end = at + best.Length - (Shortest - 1);
        return Four(ref start, end - distance) == Four(ref start, end) && Length(ref start, at, distance, most) is var length && length > best.Length ? new(length, distance) : best;
    }

    /// <summary>Of a match whose first four bytes are known to be equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Length(ref byte start, int at, int distance, int most)
    {
        ref var here = ref Unsafe.Add(ref start, at);
        ref var there = ref Unsafe.Add(ref start, at - distance);
        var length = Shortest;
        for (; length + sizeof(ulong) <= most; length += sizeof(ulong))
        {
            if ((Eight(ref here, length) ^ Eight(ref there, length)) is var different and not 0)
                return length + (BitOperations.TrailingZeroCount(different) >> 3);
        }

        while (length < most && Unsafe.Add(ref here, length) == Unsafe.Add(ref there, length))
            length++;
        return length;
    }

    readonly record struct Match(int Length, int Distance);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Remember(ref int byFour, ref int bySeven, ref byte start, int at)
    {
        PlaceOfFour(ref byFour, Four(ref start, at)) = at;
        PlaceOfSeven(ref bySeven, Eight(ref start, at)) = at;
    }

    static int Replace(ref int place, int at)
    {
        var before = place;
        place = at;
        return before;
    }

    static ref int PlaceOfFour(ref int table, uint four) => ref Unsafe.Add(ref table, (nint)(four * 0x9E3779B1 >> 32 - FourBits));

    static ref int PlaceOfSeven(ref int table, ulong eight) => ref Unsafe.Add(ref table, (nint)((eight << UnusedBits) * 0x9E3779B185EBCA87 >> 64 - SevenBits));

    static uint Four(ref byte start, int at) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at));

    static ulong Eight(ref byte start, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
}
