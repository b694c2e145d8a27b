using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stillframe.Records;

/// <summary>UUID: of those that begin with a time, what changes least comes first, so that they are in the order of their times.</summary>
sealed class UuidField : RecordField
{
    const int Characters = 36, Size = 16, Version = 6, Variant = 8;

    /// <inheritdoc/>
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        Span<char> characters = stackalloc char[Characters];
        Span<byte> value = stackalloc byte[Size];
        if (text.Length != Characters || text.ContainsAnyInRange((byte)'A', (byte)'F') || !Ascii.IsValid(text))
            return false;
        Encoding.ASCII.GetChars(text, characters);
        if (!Guid.TryParseExact(characters, "D", out var parsed) || !parsed.TryWriteBytes(value, bigEndian: true, out _))
            return false;
        var isNil = !value.ContainsAnyExcept((byte)0);
        // others are not told apart by how they are stored
        if (!isNil && (value[Variant] < 0x80 || value[Version] is < 0x10 or >= 0x80))
            return false;
        var stored = target.Take(Size);
        if (isNil || value[Version] >= 0x60)
        {
            value.CopyTo(stored);
            return true;
        }

        value[10..].CopyTo(stored);
        value[8..10].CopyTo(stored[6..]);
        value[6..8].CopyTo(stored[8..]);
        value[4..6].CopyTo(stored[10..]);
        value[..4].CopyTo(stored[12..]);
        return true;
    }
}

/// <summary>INET4 and INET6: as on the network.</summary>
/// <param name="family">Of the two.</param>
sealed class InetField(AddressFamily family) : RecordField
{
    const int MostCharacters = 45, MostBytes = 16;

    static readonly SearchValues<byte> written = SearchValues.Create("0123456789abcdef.:"u8);

    /// <inheritdoc/>
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        Span<char> characters = stackalloc char[MostCharacters];
        Span<char> again = stackalloc char[MostCharacters];
        Span<byte> value = stackalloc byte[MostBytes];
        if (text.Length > MostCharacters || text.ContainsAnyExcept(written))
            return false;
        characters = characters[..Encoding.ASCII.GetChars(text, characters)];
        // only what is written as everybody writes it: both readers are more lenient, in ways of their own
        if (!IPAddress.TryParse(characters, out var address) || address.AddressFamily != family || !address.TryFormat(again, out var count) || !again[..count].SequenceEqual(characters)
            || !address.TryWriteBytes(value, out var size) || (size == MostBytes && text.Contains((byte)'.') && !EndsAsVersion4(value)))
            return false;
        value[..size].CopyTo(target.Take(size));
        return true;
    }

    /// <summary>Whether the server shows the last four bytes with points: of ::a.b.c.d and ::ffff:a.b.c.d only, where .NET does of two more kinds (RFC 5214, RFC 2765).</summary>
    static bool EndsAsVersion4(ReadOnlySpan<byte> value) => !value[..10].ContainsAnyExcept((byte)0) && value[10] == value[11] && value[10] is 0 or 0xFF;
}
