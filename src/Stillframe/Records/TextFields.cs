using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Stillframe.Records;

/// <summary>VARCHAR, TEXT and their kinds of bytes: the value alone.</summary>
/// <param name="most">Characters, or bytes.</param>
/// <param name="charset">Null for bytes.</param>
sealed class VariableField(int most, RecordCharset? charset) : RecordField
{
    /// <summary>Of text: whether its length is in bytes, too.</summary>
    public bool CountsBytes { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        if ((charset is null || (CountsBytes && charset.Width > 1)) && text.Length > most)
            return false;
        if (charset is not null)
            return charset.TryWrite(text, most, target);
        text.CopyTo(target.Take(text.Length));
        return true;
    }
}

/// <summary>A text with a check that it is JSON.</summary>
/// <param name="field">The text's.</param>
sealed class JsonField(RecordField field) : RecordField
{
    /// <summary>Of what a server takes, less than half.</summary>
    const int Deepest = 12;

    static readonly JsonReaderOptions strict = new() { MaxDepth = Deepest };

    /// <inheritdoc/>
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target) => IsJson(text) && field.TryWrite(text, target);

    /// <summary>RFC 8259, without escapes of characters by their numbers, of which a server does not take all.</summary>
    static bool IsJson(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("\\u"u8) >= 0)
            return false;
        try
        {
            var reader = new Utf8JsonReader(text, strict);
            while (reader.Read())
            {
                // all of it is looked at
            }

            return reader.TokenType != JsonTokenType.None;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>CHAR and BINARY: filled up to their length.</summary>
/// <param name="most">Characters, or bytes.</param>
/// <param name="charset">Null for bytes.</param>
sealed class FixedField(int most, RecordCharset? charset, byte filler) : RecordField
{
    readonly int size = most * (charset?.Width ?? 1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        var end = target.Written.Length + size;
        if (charset is not null)
        {
            if (!charset.TryWrite(text, most, target))
                return false;
        }
        else
        {
            if (text.Length > most)
                return false;
            text.CopyTo(target.Take(text.Length));
        }

        target.Take(end - target.Written.Length).Fill(filler);
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
                // each once, in their order
                if (NumberOf(text[range]) is not (>= 0 and var number) || value >> number != 0)
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
