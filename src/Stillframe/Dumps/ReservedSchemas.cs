namespace Stillframe.Dumps;

/// <summary>Schemas that belong to the server or to the frame (SF1008).</summary>
internal static class ReservedSchemas
{
    /// <summary>Whose it is, as the end of a sentence; null where a dump may use it.</summary>
    public static string? Owner(string? schema) => schema?.ToUpperInvariant() switch
    {
        "MYSQL" or "SYS" or "PERFORMANCE_SCHEMA" or "INFORMATION_SCHEMA" => "the server",
        "STILLFRAME" or "STILLFRAME_SPARE" => "the frame itself",
        _ => null,
    };

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
                && name.ToUpperInvariant() is "MYSQL" or "STILLFRAME" or "STILLFRAME_SPARE")
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
}
