using System.Buffers;

namespace Stillframe.Records;

/// <summary>VARCHAR, TEXT and their kinds of bytes: the value alone.</summary>
/// <param name="unproved">Bytes of a text that do not say which bytes the column has; null where all do.</param>
sealed class VariableField(SearchValues<byte>? unproved) : RecordField
{
    /// <inheritdoc/>
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        if (unproved is not null && text.ContainsAny(unproved))
            return false;
        text.CopyTo(target.Take(text.Length));
        return true;
    }
}

/// <summary>CHAR and BINARY: filled up to their length.</summary>
/// <param name="size">Bytes.</param>
/// <param name="unproved">As of a <see cref="VariableField"/>.</param>
sealed class FixedField(int size, SearchValues<byte>? unproved, byte filler) : RecordField
{
    /// <inheritdoc/>
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        if (text.Length > size || (unproved is not null && text.ContainsAny(unproved)))
            return false;
        var bytes = target.Take(size);
        text.CopyTo(bytes);
        bytes[text.Length..].Fill(filler);
        return true;
    }
}

/// <summary>ENUM: the member's number, from 1. SET: a bit for each.</summary>
/// <param name="members">In UTF-8.</param>
sealed class MemberField(IReadOnlyList<byte[]> members, bool isSet) : RecordField
{
    /// <summary>Members from which on each value would be looked for too long.</summary>
    public const int Most = 64;

    readonly int size = !isSet ? 1 : (members.Count + 7) / 8 is var bytes and <= 4 ? bytes : sizeof(ulong);

    /// <inheritdoc/>
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        ulong value = 0;
        if (!isSet)
        {
            // a value that is no member is shown as the empty string
            if (text.Length == 0 || NumberOf(text) is not (>= 0 and var number))
                return false;
            value = (ulong)number + 1;
        }
        else if (text.Length > 0)
        {
            foreach (var range in text.Split((byte)','))
            {
                if (NumberOf(text[range]) is not (>= 0 and var number))
                    return false;
                value |= 1UL << number;
            }
        }

        target.Put(value, size);
        return true;
    }

    int NumberOf(ReadOnlySpan<byte> member)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (member.SequenceEqual(members[i]))
                return i;
        }

        return -1;
    }
}
