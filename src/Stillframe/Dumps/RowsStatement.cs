namespace Stillframe.Dumps;

/// <summary>An <c>INSERT … VALUES (…),(…)</c> or <c>REPLACE … VALUES</c> taken apart.</summary>
readonly ref struct RowsStatement
{
    /// <summary>REPLACE instead of INSERT.</summary>
    public bool Replace { get; init; }

    /// <summary>INSERT IGNORE.</summary>
    public bool Ignore { get; init; }

    /// <summary>The column list with its parentheses; empty where there is none.</summary>
    public ReadOnlySpan<byte> Columns { get; init; }

    /// <summary>Everything before the first row.</summary>
    public ReadOnlySpan<byte> Head { get; init; }

    /// <summary>Goes over the rows, each with its parentheses, as it stands.</summary>
    public TupleEnumerator Tuples { get; init; }

    /// <param name="text">Text of a statement of the kind <see cref="StatementKind.Rows"/>.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static RowsStatement Parse(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        var tokens = new SqlTokens(text, modes);
        tokens.MoveNext();
        var replace = tokens.Is("REPLACE"u8);
        tokens.MoveNext();
        var head = InsertHead.Read(tokens, replace);
        if (head.Values < 0)
            throw new ArgumentException("Not an INSERT … VALUES or REPLACE … VALUES.", nameof(text));
        return new()
        {
            Replace = head.Replace,
            Ignore = head.Ignore,
            Columns = text[head.Columns],
            Head = text[..head.Values],
            Tuples = new(text, head.Values, modes),
        };
    }
}
