using System.Buffers;
using Stillframe.Connections;

namespace Stillframe.Masters;

/// <summary>Rows as <c>mariadb-dump --hex-blob</c> writes them: numbers as they are, bytes in hexadecimal digits, all else in quotes.</summary>
/// <param name="columns">Of the result.</param>
/// <remarks>client/mysqldump.c of MariaDB 10.11, <c>dump_table</c>; escapes as in <c>mysql_real_escape_string</c>.</remarks>
sealed class RowText(IReadOnlyList<ResultColumn> columns)
{
    const ushort Binary = 63;

    enum Form
    {
        Text,
        Number,
        Bytes,
    }

    static readonly SearchValues<byte> Special = SearchValues.Create("\0\n\r\\'\"\u001a"u8);

    readonly Form[] forms = [.. columns.Select(FormOf)];

    /// <summary>Writes one row, from parenthesis to parenthesis.</summary>
    public void Write(ReadOnlySpan<byte> row, IBufferWriter<byte> target)
    {
        // asked for once a row: no value gets longer than twice its bytes, quotes or 0x, and a comma; NULL is one byte
        var room = target.GetSpan(checked(row.Length * 2 + forms.Length * 4 + 2));
        var reader = new PacketReader(row);
        room[0] = (byte)'(';
        var count = 1;
        foreach (var form in forms)
        {
            count += reader.TakeNull() ? Put("NULL"u8, room[count..]) : Write(reader.Counted(), form, room[count..]);
            room[count++] = (byte)',';
        }

        room[count - 1] = (byte)')'; // in place of the last comma
        target.Advance(count);
    }

    /// <returns>Bytes written.</returns>
    static int Write(ReadOnlySpan<byte> value, Form form, Span<byte> room)
    {
        if (form == Form.Number)
            return Put(IsNoNumber(value) ? "NULL"u8 : value, room);
        if (form == Form.Bytes && value.Length > 0)
        {
            var start = Put("0x"u8, room);
            Convert.TryToHexString(value, room[start..], out var written);
            return start + written;
        }

        room[0] = (byte)'\'';
        var count = 1 + Escape(value, room[1..]);
        room[count] = (byte)'\'';
        return count + 1;
    }

    static int Escape(ReadOnlySpan<byte> value, Span<byte> room)
    {
        var count = 0;
        while (value.IndexOfAny(Special) is var next and >= 0)
        {
            count += Put(value[..next], room[count..]);
            room[count++] = (byte)'\\';
            room[count++] = value[next] switch
            {
                0 => (byte)'0',
                (byte)'\n' => (byte)'n',
                (byte)'\r' => (byte)'r',
                0x1a => (byte)'Z',
                var itself => itself,
            };
            value = value[(next + 1)..];
        }

        return count + Put(value, room[count..]);
    }

    static int Put(ReadOnlySpan<byte> bytes, Span<byte> room)
    {
        bytes.CopyTo(room);
        return bytes.Length;
    }

    /// <summary>inf and nan, which no server takes.</summary>
    static bool IsNoNumber(ReadOnlySpan<byte> value) => value.Length > 0 && char.IsAsciiLetter((char)(value[0] == '-' && value.Length > 1 ? value[1] : value[0]));

    /// <summary>MariaDB manual, "Field types".</summary>
    static Form FormOf(ResultColumn column) => column.Type switch
    {
        <= 5 or 8 or 9 or 13 or 246 => Form.Number, // integers, FLOAT, DOUBLE, YEAR, DECIMAL
        16 or 242 or 255 => Form.Bytes, // BIT, MySQL's VECTOR, GEOMETRY
        15 or (>= 249 and <= 254) when column.Collation == Binary => Form.Bytes,
        _ => Form.Text,
    };
}
