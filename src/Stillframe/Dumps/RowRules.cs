namespace Stillframe.Dumps;

/// <summary>Judges what rows are made of.</summary>
internal static class RowRules
{
    public const string ConnectionMatters =
        "A function such as CURRENT_USER or FOUND_ROWS tells of the connection that loads the dump, which in a build is never the one that was meant. Write the value itself.";

    /// <exception cref="StillframeException">SF1006.</exception>
    public static void Refuse(ValueTraits traits, SourceLocation location)
    {
        var what = (traits & ValueTraits.File) != 0 ? "LOAD_FILE reads a file of the server's host. Take that out of the dump."
            : (traits & ValueTraits.VersionComment) != 0 ? "A version comment, /*! … */, stands in an INSERT with rows. Write the values as they are meant, without it."
            : (traits & ValueTraits.Assignment) != 0 ? "A variable gets a value in a row. Set it in a statement of its own before."
            : (traits & ValueTraits.Connection) != 0 ? ConnectionMatters
            : null;
        if (what is not null)
            throw new StillframeException(ErrorCodes.StatementRefused, what, location);
    }

    /// <summary>What rows take for columns that the INSERT leaves out.</summary>
    /// <param name="isAltered">The table has columns that are not in <paramref name="columns"/>.</param>
    public static ValueTraits TraitsOfHead(RowsStatement rows, LexicalModes modes, TableColumns columns, bool isAltered)
    {
        var traits = VersionCommentText.IsIn(rows.Head, modes) ? ValueTraits.VersionComment : ValueTraits.None;
        if (rows.Columns.IsEmpty)
            return traits | columns.Omitted(columns.All); // invisible columns
        var given = Names(rows.Columns, modes);
        var isComplete = !isAltered && columns.All.IsSubsetOf(given);
        return isComplete ? traits : traits | columns.Omitted(given);
    }

    static HashSet<string> Names(ReadOnlySpan<byte> list, LexicalModes modes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tokens = new SqlTokens(list, modes);
        while (tokens.MoveNext())
        {
            if (tokens.Name() is { } name)
                names.Add(name.ToUpperInvariant());
        }

        return names;
    }
}
