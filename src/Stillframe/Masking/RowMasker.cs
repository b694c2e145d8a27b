using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>Writes the statements with rows of one table anew, with other values in its masked columns. For one thread.</summary>
sealed class RowMasker : IDisposable
{
    readonly TableMask table;
    readonly ValueMask?[] masks; // one a column
    readonly LiteralReader literal = new();
    readonly MaskedText output = new();
    readonly int[] all; // columns of a row without a list

    byte[] head = [];
    int[] columns = []; // of the values of a row
    LexicalModes modes;

    public RowMasker(TableMask table, MaskRequest request)
    {
        this.table = table;
        masks = [.. table.Masks.Select(mask => mask is null ? null : ValueMask.Of(mask, request))];
        all = [.. Enumerable.Range(0, masks.Length).Where(i => !table.Columns[i].Invisible)];
    }

    /// <param name="statement">Of the kind <see cref="StatementKind.Rows"/>.</param>
    /// <returns>A statement that is valid until the next one is asked for.</returns>
    /// <exception cref="StillframeException">SF1023.</exception>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> statement, LexicalModes modes, SourceLocation location)
    {
        var text = statement.Span;
        output.Clear();
        output.Modes = modes;
        if (head.Length == 0 || modes != this.modes || !text.StartsWith(head))
            ReadHead(text, modes, location);
        var (position, copied) = (head.Length, 0);
        do
        {
            position = Row(text, position, ref copied, location);
            position = SkipSpace(text, position);
            if (position == text.Length)
                break;
            if (text[position] != ',')
                throw Error("something follows the last row, which may bring values of its own", location);
            position = SkipSpace(text, position + 1);
        }
        while (position < text.Length);
        output.Append(text[copied..]);
        return output.Written;
    }

    public void Dispose()
    {
        foreach (var mask in masks)
            mask?.Dispose();
    }

    /// <returns>The position behind the row.</returns>
    int Row(ReadOnlySpan<byte> text, int position, ref int copied, SourceLocation location)
    {
        if (position >= text.Length || text[position] != '(')
            throw Error("a row does not start with a parenthesis", location);
        for (var i = 0; ; i++)
        {
            position++;
            var mask = i < columns.Length ? masks[columns[i]] : null; // the server counts the values
            if (mask is not null)
                position = Value(text, SkipSpace(text, position), columns[i], ref copied, location);
            position = LiteralReader.Skip(text, position, modes);
            if (position < 0)
                throw Error("a row does not end", location);
            if (text[position] == ')')
                return position + 1;
        }
    }

    /// <returns>The position behind the value.</returns>
    int Value(ReadOnlySpan<byte> text, int position, int column, ref int copied, SourceLocation location)
    {
        if (StaysAsItIs(text[position..]))
            return position;
        var end = literal.Read(text, position, modes);
        var after = end < 0 ? end : SkipSpace(text, end);
        if (after < 0 || after >= text.Length || text[after] is not ((byte)',' or (byte)')'))
            throw Error($"a value of its masked column {table.Columns[column].Name} is no plain literal", location);
        if (IsInUtf32(column))
            throw Error($"a value of its column {table.Columns[column].Name} is in bytes of {table.Columns[column].Charset ?? "a character set that its table does not name, perhaps UTF-32"}, as the character set 'binary' of the dump's connection gives it, and the mask's letters would not be (dump with utf8mb4, or take digits, letters or null)", location);
        output.Append(text[copied..position]);
        copied = end;
        if (!masks[column]!.Write(literal.Value.Span, literal.Form, output))
            throw Error($"a value of its column {table.Columns[column].Name} is of a form that the mask {table.Masks[column]!.Kind.ToString().ToLowerInvariant()} is not for", location);
        return after;
    }

    /// <summary>
    /// Whether letters of the mask would be bytes of UTF-32, of which no four are a character: the server would put the same sign in the place of all of them. In every other character set the bytes of
    /// letters are characters, if other ones.
    /// </summary>
    bool IsInUtf32(int column) =>
        table.Masks[column] is { Kind: MaskKind.Hash or MaskKind.Email or MaskKind.Name or MaskKind.Constant, Form: ColumnForm.Text or ColumnForm.Other }
        && table.Columns[column] is { Type: not ("json" or "uuid" or "inet4" or "inet6" or "time" or "year") } definition
        && (definition.Charset == "utf32" ? modes.HasFlag(LexicalModes.Binary) || literal.Form == LiteralForm.Bytes : definition.Charset is null && modes.HasFlag(LexicalModes.Binary));

    /// <summary>NULL, and what the definition of the table gives, which is no row's.</summary>
    static bool StaysAsItIs(ReadOnlySpan<byte> text) => IsWord(text, "NULL"u8) || IsWord(text, "DEFAULT"u8) || text.StartsWith(")"u8);

    static bool IsWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (text.Length <= word.Length || !System.Text.Ascii.EqualsIgnoreCase(text[..word.Length], word))
            return false;
        var after = SkipSpace(text, word.Length);
        return after < text.Length && text[after] is (byte)',' or (byte)')';
    }

    void ReadHead(ReadOnlySpan<byte> text, LexicalModes modes, SourceLocation location)
    {
        var parsed = RowsStatement.Parse(text, modes);
        var tuples = parsed.Tuples;
        if (!tuples.MoveNext() || !text.Overlaps(tuples.Current, out var first))
            throw Error("an INSERT has no rows", location);
        this.modes = modes;
        columns = parsed.Columns.IsEmpty ? all : Named(parsed.Columns, modes, location);
        head = text[..first].ToArray();
    }

    int[] Named(ReadOnlySpan<byte> list, LexicalModes modes, SourceLocation location)
    {
        var named = new List<int>();
        var tokens = new SqlTokens(list, modes);
        while (tokens.MoveNext())
        {
            if (tokens.Name() is not { } name)
                continue;
            var index = table.Columns.ToList().FindIndex(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            named.Add(index >= 0 ? index : throw Error($"an INSERT names a column {name} that the table does not have", location));
        }

        return [.. named];
    }

    StillframeException Error(string what, SourceLocation location) => MaskErrors.Row(
        $"Rows of {table.Name} can't be masked: {what}. Dump with a tool, which writes rows as literals in INSERT … VALUES, or take the column out of DatabaseMask.", location);

    static int SkipSpace(ReadOnlySpan<byte> text, int position)
    {
        while (position < text.Length && Lexical.IsSpace(text[position]))
            position++;
        return position;
    }
}
