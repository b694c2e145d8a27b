using System.Text;

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
internal sealed class StatementSplitter(ByteWindow window, string file, Action<ReadOnlySpan<byte>> comment)
{
    const int KeptOfComment = 1024;

    readonly StatementScanner scanner = new(window, file);
    Delimiter delimiter = Delimiter.Semicolon;
    bool started;

    /// <inheritdoc cref="StatementScanner.Modes"/>
    public LexicalModes Modes
    {
        get => scanner.Modes;
        set => scanner.Modes = value;
    }

    /// <exception cref="StillframeException">SF1003, SF1007, SF1009.</exception>
    public bool MoveNext(out SplitStatement statement)
    {
        statement = default;
        if (!SkipToStatement())
        {
            if (delimiter.Since is { } since)
                throw CutOffDump.Error(file, $"inside a DELIMITER {delimiter} block. If nothing is missing, end the file with DELIMITER ;", since);
            return false;
        }

        var location = window.Location(window.Position);
        if (ClientCommands.At(window) is { } command)
        {
            scanner.SkipLine();
            statement = new(TrimEnd(window.Taken), location, true, command);
            return true;
        }

        var (ended, backslash) = ClientCommands.IsUse(window) ? scanner.Scan(delimiter.Bytes, delimiter.LineStops) : scanner.Scan(delimiter.Bytes, delimiter.Stops);
        if (!ended && delimiter.Since is { } open)
            throw CutOffDump.Error(file, $"inside a DELIMITER {delimiter} block", open);
        var text = window.Taken;
        window.RefuseTooLarge(text.Length);
        if (ended && window.Has(1))
            window.Position += window.Current == '\n' ? 1 : delimiter.Bytes.Length;
        statement = new(TrimEnd(text), location, ended, backslash);
        return true;
    }

    /// <summary>Goes over what is no statement; false at the end of the file.</summary>
    bool SkipToStatement()
    {
        if (!started && window.StartsWith("\uFEFF"u8))
            window.Position += 3;
        started = true;
        while (true)
        {
            window.Release();
            if (!window.Has(1))
                return false;
            if (Lexical.IsSpace(window.Current))
                scanner.SkipSpaces();
            else if (window.StartsWith(delimiter.Bytes))
                window.Position += delimiter.Bytes.Length;
            else if (window.Current == '#' || window.StartsWith("--"u8))
                ReadComment();
            else if (window.StartsWith("/*"u8) && !IsVersionComment())
                scanner.SkipBlockComment(window.Location(window.Position), keep: false);
            else if (ClientCommands.IsDelimiter(window))
                ReadDelimiter();
            else if (window.StartsWith("mysqldump: "u8) || window.StartsWith("mariadb-dump: "u8))
                throw ToolMessage();
            else
                return true;
        }
    }

    bool IsVersionComment()
    {
        window.Has(12);
        return Lexical.VersionCommentStart(window.Rest, out _) > 0
            // a client command of mariadb-dump, "enable the sandbox mode", which no server runs
            && !window.Rest.StartsWith("/*M!999999\\-"u8) && !window.Rest.StartsWith("/*!999999\\-"u8);
    }

    void ReadComment()
    {
        while (window.Rest.Length < KeptOfComment && !window.Rest.Contains((byte)'\n') && window.Fill())
        {
        }

        var end = window.Rest.IndexOf((byte)'\n');
        var line = end < 0 ? window.Rest : window.Rest[..end];
        comment(line[..Math.Min(line.Length, KeptOfComment)].TrimEnd((byte)'\r'));
        while (window.Rest.IndexOf((byte)'\n') < 0)
        {
            window.Position = window.End;
            window.Release();
            if (!window.Fill())
                return;
        }

        scanner.SkipLine();
    }

    void ReadDelimiter()
    {
        var location = window.Location(window.Position);
        scanner.SkipLine();
        var words = window.Taken.Span["delimiter".Length..].Trim(" \t\r\n\v\f"u8);
        var length = words.IndexOfAny(Lexical.Spaces);
        var word = (length < 0 ? words : words[..length]).Trim("'\"`"u8);
        if (word.IsEmpty && !window.Has(1))
            throw CutOffDump.Error(file, "inside a DELIMITER command", location);
        if (word.IsEmpty || word.Contains((byte)'\\'))
            throw new StillframeException(
                ErrorCodes.ClientCommandRefused,
                $"'{file}' has a DELIMITER command without a usable delimiter. Write one after it, such as DELIMITER ;;",
                location);
        delimiter = Delimiter.Create(word, location);
    }

    StillframeException ToolMessage()
    {
        var location = window.Location(window.Position);
        scanner.SkipLine();
        return new(
            ErrorCodes.DumpCutOff,
            $"'{file}' holds a message of the tool that wrote it: \"{Encoding.UTF8.GetString(window.Taken.Span).Trim()}\". "
            + "Make the dump again with --result-file, or send the tool's error output elsewhere.",
            location);
    }

    static ReadOnlyMemory<byte> TrimEnd(ReadOnlyMemory<byte> text)
    {
        var last = text.Span.LastIndexOfAnyExcept(Lexical.Spaces);
        return text[..(last + 1)];
    }
}
