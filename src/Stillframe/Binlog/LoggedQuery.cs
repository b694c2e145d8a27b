using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Stillframe.Binlog;

/// <summary>A statement of a log: where rows are logged as rows, one that defines something, or that begins or ends a transaction.</summary>
static partial class LoggedQuery
{
    /// <returns>The statement in Latin-1, so that each byte is a character; null where it changes no table.</returns>
    /// <param name="body">Of the event.</param>
    /// <param name="isCompressed">As <c>log_bin_compress</c> does.</param>
    /// <exception cref="UnclearLogException">It is of another kind, such as a change that is logged as a statement.</exception>
    public static string? Definition(ReadOnlySpan<byte> body, bool isCompressed)
    {
        // thread 4, seconds 4, length of the schema 1, error 2, length of the variables 2
        var start = 13 + BinaryPrimitives.ReadUInt16LittleEndian(body[11..]) + body[8] + 1;
        var text = Encoding.Latin1.GetString(isCompressed ? Unpack(body[start..]) : body[start..]);
        if (Harmless().IsMatch(text))
            return null;
        if (!Known().IsMatch(text))
            throw new UnclearLogException($"it has a statement of another kind, '{Shortened(text)}'");
        return text;
    }

    /// <summary>sql/log_event.cc of MariaDB 10.11, <c>query_event_uncompress</c>: one byte with the length's length, the length, zlib.</summary>
    static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        var head = packed[0];
        if ((head & 0x70) != 0)
            throw new UnclearLogException("it has a statement in an unknown compression");
        using var zlib = new ZLibStream(new MemoryStream(packed[(1 + (head & 7))..].ToArray()), CompressionMode.Decompress);
        using var text = new MemoryStream();
        try
        {
            zlib.CopyTo(text);
        }
        catch (InvalidDataException e)
        {
            throw new UnclearLogException("it has a statement that can't be decompressed", e);
        }

        return text.ToArray();
    }

    static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex(@"^(BEGIN|START TRANSACTION|COMMIT|ROLLBACK|SAVEPOINT|RELEASE SAVEPOINT)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();

    /// <summary>After comments that are none of the server's own; what they name is in them in letters.</summary>
    [GeneratedRegex(
        @"^(\s|/\*[^!M](?:[^*]|\*(?!/))*\*/)*(CREATE|ALTER|DROP|RENAME|TRUNCATE|OPTIMIZE|ANALYZE|REPAIR|GRANT|REVOKE|FLUSH|SET\s+PASSWORD|SET\s+DEFAULT\s+ROLE)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Known();
}
