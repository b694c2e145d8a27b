using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// Makes an index page independent of the log and of transactions (MariaDB, storage/maria/ma_key_recover.c and ma_search.c have the format;
/// what is done is what <c>aria_chk --zerofill</c> does).
/// </summary>
static class AriaKeyPage
{
    const int LsnAndTransaction = 13, HasTransactions = 2, IsNode = 1;
    const int VariableLength = 8, BinaryPacked = 32;
    const int PartSpacePacked = 1, PartPrefixPacked = 2, PartVariable = 8, PartNullable = 16, PartBlob = 32;

    public static void Normalize(Span<byte> page, long number, AriaHeader header)
    {
        var start = (header.IsTransactional ? LsnAndTransaction : 0) + 4;
        if (header.IsTransactional)
        {
            page[..7].Clear();
            if ((page[start - 3] & HasTransactions) != 0 && page[start - 4] < header.Keys.Count)
                RemoveTransactions(page, start, header, header.Keys[page[start - 4]]);
        }

        var used = ReadUInt16BigEndian(page[(start - 2)..]);
        if (used < start || used > page.Length - 4)
            throw new InvalidDataException($"index page {number} says that it uses {used} bytes");
        page[used..^4].Clear();
        if (header.HasPageChecksums)
            WriteUInt32LittleEndian(page[^4..], Crc32.Compute((uint)number, page[..used]));
    }

    /// <summary>Each key may be followed by the transaction that wrote it, marked by the lowest bit of its row pointer.</summary>
    static void RemoveTransactions(Span<byte> page, int start, AriaHeader header, AriaKey key)
    {
        var node = (page[start - 3] & IsNode) != 0 ? header.PagePointer : 0;
        var end = ReadUInt16BigEndian(page[(start - 2)..]);
        var before = page[..end].ToArray();
        var previous = Array.Empty<byte>();
        var from = start + node;
        var to = from;
        while (from < end)
        {
            var next = Skip(before, from, key, header.RowPointer, ref previous);
            before.AsSpan(from, next - from).CopyTo(page[to..]);
            to += next - from;
            if ((before[next - 1] & 1) != 0)
            {
                page[to - 1] &= 0xfe;
                next += before[next] < 243 ? 1 : before[next] - 248;
            }

            before.AsSpan(next, node).CopyTo(page[to..]);
            (from, to) = (next + node, to + node);
        }

        if (from != end)
            throw new InvalidDataException("an index page does not end with a key");
        WriteUInt16BigEndian(page[(start - 2)..], (ushort)to);
        page[start - 3] &= unchecked((byte)~HasTransactions);
        page[7..LsnAndTransaction].Clear();
    }

    /// <summary>Where the key ends, row pointer included.</summary>
    static int Skip(byte[] page, int at, AriaKey key, int pointer, ref byte[] previous) =>
        (key.Flags & BinaryPacked) != 0 ? SkipBinaryPacked(page, at, key, pointer, ref previous)
        : (key.Flags & VariableLength) != 0 ? SkipVariable(page, at, key) + pointer
        : at + key.Length;

    static int SkipVariable(byte[] page, int at, AriaKey key)
    {
        foreach (var part in key.Parts)
        {
            if ((part.Flags & PartPrefixPacked) != 0)
            {
                var packed = (page[at] & 0x80) != 0;
                var length = part.Length >= 127 ? ReadUInt16BigEndian(page.AsSpan(at)) & 0x7fff : page[at] & 0x7f;
                at += part.Length >= 127 ? 2 : 1;
                if (packed)
                    at = length == 0 ? at : AfterLength(page, at);
                else
                    at += (part.Flags & PartNullable) != 0 && length > 0 ? length - 1 : length;
            }
            else if ((part.Flags & PartNullable) == 0 || page[at++] != 0)
            {
                at = (part.Flags & (PartSpacePacked | PartBlob | PartVariable)) != 0 ? AfterLength(page, at) : at + part.Length;
            }
        }

        return at;
    }

    static int AfterLength(byte[] page, int at) =>
        page[at] != 255 ? at + 1 + page[at] : at + 3 + ReadUInt16BigEndian(page.AsSpan(at + 1));

    /// <summary>The key's first bytes are those of the key before; how many, it says first.</summary>
    static int SkipBinaryPacked(byte[] page, int at, AriaKey key, int pointer, ref byte[] previous)
    {
        int shared = page[at++];
        if (shared == 255)
            (shared, at) = (ReadUInt16BigEndian(page.AsSpan(at)), at + 2);
        var last = previous;
        var current = new List<byte>();
        byte Take()
        {
            current.Add(current.Count < shared ? last[current.Count] : page[at++]);
            return current[^1];
        }

        foreach (var part in key.Parts)
        {
            if ((part.Flags & PartNullable) != 0 && Take() == 0)
                continue;
            var length = part.Length;
            if ((part.Flags & (PartSpacePacked | PartBlob | PartVariable)) != 0 && (length = Take()) == 255)
                length = Take() << 8 | Take();
            while (length-- > 0)
                Take();
        }

        while (pointer-- > 0)
            Take();
        previous = [.. current];
        return at;
    }
}
