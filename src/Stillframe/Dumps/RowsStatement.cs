namespace Stillframe.Dumps;

/// <summary>An <c>INSERT … VALUES (…),(…)</c> or <c>REPLACE … VALUES</c> taken apart.</summary>
public readonly ref struct RowsStatement
{
    /// <summary>REPLACE instead of INSERT.</summary>
    public bool Replace { get; init; }

    /// <summary>INSERT IGNORE.</summary>
    public bool Ignore { get; init; }

    /// <summary>The column list with its parentheses; empty where there is none.</summary>
    public ReadOnlySpan<byte> Columns { get; init; }

    /// <summary>Each row with its parentheses, as it stands; <c>foreach</c> goes over them.</summary>
    public TupleEnumerator Tuples { get; init; }

    public static RowsStatement Parse(ReadOnlySpan<byte> text, LexicalModes modes) => throw new NotImplementedException();
}

/// <summary>Goes over the tuples of a <see cref="RowsStatement"/>.</summary>
public ref struct TupleEnumerator
{
    public readonly ReadOnlySpan<byte> Current => throw new NotImplementedException();

    /// <summary>What follows the last row, such as <c>ON DUPLICATE KEY UPDATE …</c>; known when the last row has been read.</summary>
    public readonly ReadOnlySpan<byte> Tail => throw new NotImplementedException();

    public readonly TupleEnumerator GetEnumerator() => this;

    public bool MoveNext() => throw new NotImplementedException();
}
