using System.Buffers;

namespace Stillframe.Dumps;

/// <summary>
/// A statement's text without what has no meaning: comments, white space, the definer, the marks of version comments that
/// every server runs.
/// </summary>
internal static class CanonicalText
{
    /// <param name="omit">A part to leave out.</param>
    public static void Write(ReadOnlySpan<byte> text, LexicalModes modes, IBufferWriter<byte> target, Range omit = default)
    {
        var (from, length) = omit.GetOffsetAndLength(text.Length);
        var tokens = new SqlTokens(text, modes, VersionComments.Marked);
        var afterWord = false;
        var spaceOwed = false;
        while (tokens.MoveNext())
        {
            spaceOwed |= tokens.SpaceBefore;
            if (tokens.Start >= from && tokens.Start < from + length)
                continue;
            var isWord = !(tokens.Kind == TokenKind.Symbol && tokens.Bytes[0] is (byte)'(' or (byte)')' or (byte)',' or (byte)';');
            if (spaceOwed && afterWord && isWord)
                target.Write(" "u8);
            target.Write(tokens.Bytes);
            (afterWord, spaceOwed) = (isWord, false);
        }
    }

    /// <summary>Of a CREATE, without its definer.</summary>
    public static byte[] OfDefinition(ReadOnlySpan<byte> text, LexicalModes modes) => Of(text, modes, DefinerClause.Find(text, modes, out _));

    public static byte[] Of(ReadOnlySpan<byte> text, LexicalModes modes, Range omit = default)
    {
        var writer = new ArrayBufferWriter<byte>(text.Length + 1);
        Write(text, modes, writer, omit);
        return writer.WrittenSpan.ToArray();
    }
}
