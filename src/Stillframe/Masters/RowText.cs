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
        var reader = new PacketReader(row);
        target.Write("("u8);
        for (var i = 0; i < forms.Length; i++)
        {
            if (i > 0)
                target.Write(","u8);
            if (reader.TakeNull())
                target.Write("NULL"u8);
            else
                Write(reader.Counted(), forms[i], target);
        }

        target.Write(")"u8);
    }

    static void Write(ReadOnlySpan<byte> value, Form form, IBufferWriter<byte> target)
    {
        if (form == Form.Number)
        {
            target.Write(IsNoNumber(value) ? "NULL"u8 : value);
        }
        else if (form == Form.Bytes && value.Length > 0)
        {
            target.Write("0x"u8);
            Convert.TryToHexString(value, target.GetSpan(value.Length * 2), out var written);
            target.Advance(written);
        }
        else
        {
            target.Write("'"u8);
            Escape(value, target);
            target.Write("'"u8);
        }
    }

    static void Escape(ReadOnlySpan<byte> value, IBufferWriter<byte> target)
    {
        while (value.IndexOfAny(Special) is var next and >= 0)
        {
            target.Write(value[..next]);
            target.Write(value[next] switch
            {
                0 => "\\0"u8,
                (byte)'\n' => "\\n"u8,
                (byte)'\r' => "\\r"u8,
                0x1a => "\\Z"u8,
                (byte)'\'' => "\\'"u8,
                (byte)'"' => "\\\""u8,
                _ => "\\\\"u8,
            });
            value = value[(next + 1)..];
        }

        target.Write(value);
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
