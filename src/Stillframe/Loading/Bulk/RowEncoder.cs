using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>Turns the rows of <c>INSERT … VALUES</c> into lines of LOAD DATA, one pass over their bytes.</summary>
/// <param name="rules">One a column, in the order of the values.</param>
/// <param name="columns">The column list every statement must have, with its parentheses; empty for none.</param>
/// <param name="charset">The connection's character set in lower case: the one introducer that means nothing.</param>
/// <param name="counted">Index of the AUTO_INCREMENT column; -1 for none.</param>
sealed class RowEncoder(IReadOnlyList<ColumnRule> rules, ReadOnlyMemory<byte> columns, string charset, LexicalModes modes, int counted = -1)
{
    readonly ColumnRule[] rules = [.. rules];
    readonly byte[] introducer = Encoding.ASCII.GetBytes("_" + charset);
    readonly StringLiteral single = StringLiteral.Of('\'', modes)!;
    readonly StringLiteral? @double = StringLiteral.Of('"', modes);

    byte[] head = [];
    int position;
    decimal firstCount = decimal.MaxValue; // as long as it is not known
    int stillCounted = counted;

    public FieldBuffer Output { get; } = new();

    /// <summary>Rows written since the beginning.</summary>
    public long Rows { get; private set; }

    /// <summary>No row has a greater value in the AUTO_INCREMENT column than the first one.</summary>
    public bool FirstCountsMost => stillCounted >= 0;

    /// <summary>Goes to the first row of a statement.</summary>
    /// <exception cref="NotBulkLoadableException">It is not of the form that all others have.</exception>
    public void Start(ReadOnlySpan<byte> statement)
    {
        // dumps repeat the words before their rows without end
        if (head.Length == 0 || !statement.StartsWith(head))
            head = ReadHead(statement);
        position = head.Length;
    }

    /// <summary>Writes rows until the output has this many bytes; false when the statement is at its end.</summary>
    /// <exception cref="NotBulkLoadableException">A value has to reach the server as the dump writes it.</exception>
    public bool Continue(ReadOnlySpan<byte> statement, int bytes)
    {
        while (Output.Length < bytes)
        {
            Row(statement);
            Rows++;
            position = SkipSpace(statement, position);
            if (position == statement.Length)
                return false;
            if (statement[position] != ',')
                throw new NotBulkLoadableException("something follows the last row");
            position = SkipSpace(statement, position + 1);
        }

        return true;
    }

    byte[] ReadHead(ReadOnlySpan<byte> statement)
    {
        var parsed = RowsStatement.Parse(statement, modes);
        if (!parsed.Columns.SequenceEqual(columns.Span))
            throw new NotBulkLoadableException("its INSERT statements have different column lists");
        var tuples = parsed.Tuples;
        if (!tuples.MoveNext() || !statement.Overlaps(tuples.Current, out var first))
            throw new NotBulkLoadableException("an INSERT without rows");
        return statement[..first].ToArray();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Row(ReadOnlySpan<byte> text)
    {
        if (position == text.Length || text[position] != '(')
            throw new NotBulkLoadableException("a row does not start with a parenthesis");
        position++;
        for (var i = 0; i < rules.Length; i++)
        {
            position = SkipSpace(text, position);
            if (position == text.Length)
                throw new NotBulkLoadableException("a row does not end");
            var start = position;
            Field(text[position..], rules[i]);
            Output.EndField();
            if (i == stillCounted)
                Count(text[start..position]);
            position = SkipSpace(text, position);
            if (position == text.Length || text[position] != (i == rules.Length - 1 ? ')' : ','))
                throw Unknown(text, rules[i]);
            position++;
        }

        Output.EndLine();
    }

    /// <summary>In a dump that is ordered by its key, the second row is the last one that is looked at.</summary>
    void Count(ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value.Trim("'\""u8), out decimal count, out _))
            return;
        if (Rows == 0)
            firstCount = count;
        else if (count > firstCount)
            stillCounted = -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Field(ReadOnlySpan<byte> text, ColumnRule rule)
    {
        switch (text[0])
        {
            case (byte)'\'' when rule.Text && rule.Zero:
                position += 1 + single.Write(text[1..], Output);
                break;
            case (byte)'"' when rule.Text && rule.Zero && @double is not null:
                position += 1 + @double.Write(text[1..], Output);
                break;
            case (byte)'N' when rule.Null && IsWord(text, "NULL"u8):
                Output.Null();
                position += 4;
                break;
            case (byte)'0' or (byte)'x' or (byte)'X' or (byte)'b' or (byte)'B' when ByteLiteral.Is(text):
                position += rule.Bytes ? ByteLiteral.Write(text, Output) : throw Unknown(text, rule);
                break;
            case (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'):
                var taken = NumberLiteral.Write(text, rule, Output);
                position += taken > 0 ? taken : throw Unknown(text, rule);
                break;
            case (byte)'_':
                Introduced(text, rule);
                break;
            default:
                throw Unknown(text, rule);
        }
    }

    void Introduced(ReadOnlySpan<byte> text, ColumnRule rule)
    {
        var binary = rule.Bytes && text.StartsWith("_binary"u8);
        if (!binary && !(rule.Text && text.StartsWith(introducer)))
            throw Unknown(text, rule);
        var start = SkipSpace(text, binary ? "_binary"u8.Length : introducer.Length);
        if (start == text.Length || text[start] != '\'')
            throw Unknown(text, rule);
        position += start + 1 + single.Write(text[(start + 1)..], Output);
    }

    static bool IsWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.StartsWith(word) && text.Length > word.Length && text[word.Length] is (byte)',' or (byte)')' or <= (byte)' ';

    static NotBulkLoadableException Unknown(ReadOnlySpan<byte> text, ColumnRule rule) =>
        new($"a value that its column takes only as SQL: {Encoding.UTF8.GetString(text[..Math.Min(text.Length, 40)])} ({rule})");

    static int SkipSpace(ReadOnlySpan<byte> text, int position)
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            position++;
        return position;
    }
}
