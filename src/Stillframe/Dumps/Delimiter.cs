using System.Buffers;
using System.Text;

namespace Stillframe.Dumps;

/// <summary>What ends a statement, and with it the bytes at which a scan for its end has to look closer.</summary>
internal sealed class Delimiter
{
    Delimiter(byte[] bytes, SourceLocation? since)
    {
        Bytes = bytes;
        Since = since;
        Stops = SearchValues.Create([.. "'\"`#-/\\"u8, bytes[0]]);
        LineStops = SearchValues.Create([.. "'\"`#-/\\\n"u8, bytes[0]]);
    }

    public static Delimiter Semicolon { get; } = new([(byte)';'], null);

    /// <summary>Inside a version comment no delimiter counts.</summary>
    public static SearchValues<byte> VersionCommentStops { get; } = SearchValues.Create("'\"`#-/\\*"u8);

    public byte[] Bytes { get; }

    /// <summary>The DELIMITER command that set it; null for the semicolon, which is there from the start.</summary>
    public SourceLocation? Since { get; }

    public SearchValues<byte> Stops { get; }

    /// <summary>For a statement that ends with its line, if not before: <c>USE</c>.</summary>
    public SearchValues<byte> LineStops { get; }

    public static Delimiter Create(ReadOnlySpan<byte> bytes, SourceLocation since) =>
        bytes.SequenceEqual(";"u8) ? Semicolon : new(bytes.ToArray(), since);

    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
