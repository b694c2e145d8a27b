
namespace Stillframe.Dumps;

/// <summary>A statement as the splitter finds it.</summary>
/// <param name="Text">In the window: valid until the next one is asked for.</param>
/// <param name="Ended">A delimiter follows; false at the end of a file that has none there.</param>
/// <param name="ClientCommand">The command, such as <c>\!</c> or <c>source</c>, of a line for a command-line client.</param>
internal readonly record struct SplitStatement(
    ReadOnlyMemory<byte> Text,
    SourceLocation Location,
    bool Ended,
    string? ClientCommand);

/// <summary>
/// Cuts the text of a dump into statements, as the command-line clients do: by delimiters outside strings and comments.
/// Unlike them it takes a delimiter inside a version comment as part of it, so that nothing of a comment is run by itself.
/// </summary>
/// <param name="comment">Is told the lines of comments between statements, at most the first 1,024 bytes of each.</param>
internal sealed partial class StatementSplitter(ByteWindow window, string file, Action<ReadOnlySpan<byte>> comment)
{
    const int KeptOfComment = 1024;

    Delimiter _delimiter = Delimiter.Semicolon;

    /// <summary>Modes that the statements so far have set.</summary>
    public LexicalModes Modes { get; set; }

    /// <exception cref="StillframeException">SF1003, SF1007, SF1009.</exception>
    public bool MoveNext(out SplitStatement statement)
    {
        statement = default;
        if (!SkipToStatement())
        {
            if (_delimiter.Since is { } since)
                throw CutOff($"inside a DELIMITER {_delimiter} block. If nothing is missing, end the file with DELIMITER ;", since);
            return false;
        }

        var location = window.Location(window.Position);
        if (ClientCommands.At(window) is { } command)
        {
            SkipLine();
            statement = new(TrimEnd(window.Taken), location, true, command);
            return true;
        }

        var (ended, backslash) = ClientCommands.IsUse(window) ? Scan(_delimiter.LineStops) : Scan(_delimiter.Stops);
        if (!ended && _delimiter.Since is { } open)
            throw CutOff($"inside a DELIMITER {_delimiter} block", open);
        var text = window.Taken;
        window.RefuseTooLarge(text.Length);
        if (ended && window.Has(1))
            window.Position += window.Current == '\n' ? 1 : _delimiter.Bytes.Length;
        statement = new(TrimEnd(text), location, ended, backslash);
        return true;
    }

    StillframeException CutOff(string where, SourceLocation location) => new(
        ErrorCodes.DumpCutOff,
        $"'{file}' is cut off: it ends {where}. Make the dump again and see that it is copied whole.",
        location);

    static ReadOnlyMemory<byte> TrimEnd(ReadOnlyMemory<byte> text)
    {
        var last = text.Span.LastIndexOfAnyExcept(Lexical.Spaces);
        return text[..(last + 1)];
    }
}
