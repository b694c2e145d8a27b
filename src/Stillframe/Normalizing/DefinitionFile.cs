using System.Text;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>Definitions of tables, views and triggers, less the time they were made at and the table's random name.</summary>
static class DefinitionFile
{
    const int ExtraLengthOffset = 4, Extra = 64;
    const byte TableVersion = 0;

    static ReadOnlySpan<byte> TableMagic => [0xfe, 0x01];

    /// <summary>Normalises the content of a <c>.frm</c> or <c>.TRG</c> file in place; every field keeps its length.</summary>
    public static Normalization Normalize(Span<byte> file)
    {
        if (file.StartsWith(TableMagic))
            return Table(file);
        if (file.StartsWith("TYPE=VIEW\n"u8))
            return SetDigits(file, "\ntimestamp="u8);
        return file.StartsWith("TYPE=TRIGGERS\n"u8) ? SetDigits(file, "\ncreated="u8) : new("not a definition of a table, view or trigger");
    }

    /// <summary>
    /// After the fixed header come records of kind and length (MariaDB, sql/table.cc, read_extra2); kind 0 is an identifier made anew with each table.
    /// </summary>
    static Normalization Table(Span<byte> file)
    {
        if (file.Length < Extra)
            return new("cut off");
        var extra = file[Extra..Math.Min(file.Length, Extra + ReadUInt16LittleEndian(file[ExtraLengthOffset..]))];
        while (extra.Length > 2)
        {
            var (kind, length, start) = (extra[0], (int)extra[1], 2);
            if (length == 0)
                (length, start) = (ReadUInt16LittleEndian(extra[2..]), 4);
            if (start + length > extra.Length)
                return new("records of an unknown form");
            if (kind == TableVersion)
            {
                extra.Slice(start, length).Fill(1);
                return Normalization.Complete;
            }

            extra = extra[(start + length)..];
        }

        return Normalization.Complete; // made by a server that does not number tables
    }

    /// <summary>Sets each number of one line; text values can't hold a line break, so the line is not part of one.</summary>
    static Normalization SetDigits(Span<byte> file, ReadOnlySpan<byte> key)
    {
        var at = file.IndexOf(key);
        if (at < 0)
            return Normalization.Complete;
        var line = file[(at + key.Length)..];
        var end = line.IndexOf((byte)'\n');
        line = end < 0 ? line : line[..end];
        var fixedTime = Encoding.ASCII.GetBytes($"{FixedTime.UnixSeconds}");
        for (var i = 0; i < line.Length;)
        {
            var digits = line[i..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            digits = digits < 0 ? line.Length - i : digits;
            var number = line.Slice(i, digits);
            if (digits > 0)
                SetNumber(number, fixedTime);
            i += digits + 1;
        }

        return Normalization.Complete;
    }

    /// <summary>Views count microseconds in 19 digits, triggers hundredths of a second in as many as it takes.</summary>
    static void SetNumber(Span<byte> number, ReadOnlySpan<byte> seconds)
    {
        var zeros = number.Length == 19 ? 3 : 0;
        if (number.Length < zeros + seconds.Length)
            return;
        number.Fill((byte)'0');
        seconds.CopyTo(number[zeros..]);
    }
}
