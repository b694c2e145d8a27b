namespace Stillframe.Dumps;

/// <summary>Schemas that belong to the server or to the frame (SF1008): the one list of them.</summary>
internal static class ReservedSchemas
{
    /// <summary>Of the frame's own table, which names the data version.</summary>
    public const string Frame = "stillframe";

    /// <summary>Of tables that take the numbers which others shall not have; gone before a frame is frozen.</summary>
    public const string Spare = "stillframe_spare";

    /// <summary>Of the server's own tables that are files.</summary>
    public const string System = "mysql";

    /// <summary>The server's own.</summary>
    public static IReadOnlyList<string> Server { get; } = [System, "sys", "performance_schema", "information_schema"];

    /// <summary>All that no dump made, for <c>IN (…)</c> in a statement.</summary>
    public static string List { get; } = string.Join(", ", Server.Append(Frame).Append(Spare).Select(name => $"'{name}'"));

    /// <summary>Whose it is, as the end of a sentence; null where a dump may use it.</summary>
    public static string? Owner(string? schema) =>
        Server.Contains(schema, StringComparer.OrdinalIgnoreCase) ? "the server" : IsFrames(schema) ? "the frame itself" : null;

    /// <summary>
    /// A reserved schema that a statement names anywhere, as of several tables or in the body of a trigger; null where there is none. What is only
    /// read, such as <c>information_schema</c>, is nobody's loss.
    /// </summary>
    public static string? NamedIn(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        var tokens = new SqlTokens(text, modes);
        var afterDot = false;
        while (tokens.MoveNext())
        {
            if (!afterDot && tokens.Kind is TokenKind.Word or TokenKind.QuotedName && tokens.Bytes.Length <= 20 && tokens.Name() is { } name
                && (name.Equals(System, StringComparison.OrdinalIgnoreCase) || IsFrames(name)))
            {
                var next = tokens;
                next.MoveNext();
                if (next.IsSymbol('.'))
                    return name;
            }

            afterDot = tokens.IsSymbol('.');
        }

        return null;
    }

    static bool IsFrames(string? schema) =>
        Frame.Equals(schema, StringComparison.OrdinalIgnoreCase) || Spare.Equals(schema, StringComparison.OrdinalIgnoreCase);
}
