using System.Collections.Immutable;

namespace Stillframe.Dumps;

/// <summary>What a CREATE TABLE says of columns for which an INSERT gives no value.</summary>
/// <param name="OfClock">Names of columns, in upper case, that take the time of day then; an empty one for a column that no list need name.</param>
/// <param name="OfExpression">Names of columns, in upper case, that take the value of an expression then.</param>
/// <param name="All">Names of all columns, in upper case, but for generated ones.</param>
/// <param name="OfConnection">Those of <paramref name="OfExpression"/> that tell who is connected.</param>
internal sealed record TableColumns(
    ImmutableHashSet<string> All, ImmutableHashSet<string> OfClock, ImmutableHashSet<string> OfExpression, ImmutableHashSet<string> OfConnection)
{
    public static TableColumns None { get; } = new([], [], [], []);

    /// <summary>Reads the column definitions of a CREATE TABLE, and those that an ALTER TABLE adds.</summary>
    public static TableColumns Read(ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes)
    {
        HashSet<string> all = [], clock = [], expression = [], connection = [];
        var tokens = head.Tokens;
        var isAlter = head.Verb == "ALTER";
        if (!isAlter)
        {
            while (tokens.Kind != TokenKind.End && !tokens.IsSymbol('('))
                tokens.MoveNext();
            tokens.TakeSymbol('(');
        }

        while (tokens.Kind != TokenKind.End)
        {
            var name = isAlter ? null : Name(tokens);
            var start = tokens.Start;
            var definition = Definition(ref tokens);
            if (definition.TakesExpression && ValueWords.SpeaksOfConnection(text[start..tokens.Start], modes))
                connection.Add(definition.IsInvisible ? "" : name ?? "");
            if (name is not null && !definition.IsGenerated)
                all.Add(name);
            if (definition.TakesClock)
                clock.Add(definition.IsInvisible ? "" : name ?? "");
            if (definition.TakesExpression)
                expression.Add(definition.IsInvisible ? "" : name ?? "");
            if (!tokens.TakeSymbol(','))
                break;
        }

        return new([.. all], [.. clock], [.. expression], [.. connection]);
    }

    /// <summary>Both tables' columns. What an ALTER TABLE adds has no name here, and counts for every column.</summary>
    public TableColumns And(TableColumns other) => new(All.Union(other.All), OfClock.Union(other.OfClock), OfExpression.Union(other.OfExpression), OfConnection.Union(other.OfConnection));

    /// <summary>What rows take that give values for these columns alone.</summary>
    public ValueTraits Omitted(IReadOnlySet<string> given)
    {
        var traits = ValueTraits.None;
        if (OfClock.Any(name => !given.Contains(name)))
            traits |= ValueTraits.Clock;
        if (OfExpression.Any(name => !given.Contains(name)))
            traits |= ValueTraits.Unlisted;
        if (OfConnection.Any(name => !given.Contains(name)))
            traits |= ValueTraits.Connection;
        return traits;
    }

    static string? Name(SqlTokens tokens)
    {
        if (tokens.Kind == TokenKind.QuotedName)
            return tokens.Name()!.ToUpperInvariant();
        var isKey = tokens.Is("KEY"u8) || tokens.Is("PRIMARY"u8) || tokens.Is("UNIQUE"u8) || tokens.Is("INDEX"u8) || tokens.Is("CONSTRAINT"u8) || tokens.Is("FULLTEXT"u8)
            || tokens.Is("SPATIAL"u8) || tokens.Is("FOREIGN"u8) || tokens.Is("CHECK"u8) || tokens.Is("PERIOD"u8) || tokens.Is("LIKE"u8);
        return isKey ? null : tokens.Name()?.ToUpperInvariant();
    }

    /// <summary>Goes to the comma or parenthesis behind a definition.</summary>
    static (bool IsGenerated, bool IsInvisible, bool TakesClock, bool TakesExpression) Definition(ref SqlTokens tokens)
    {
        var (depth, generated, invisible, clock, expression) = (0, false, false, false, false);
        while (tokens.Kind != TokenKind.End && !(depth == 0 && (tokens.IsSymbol(',') || tokens.IsSymbol(')'))))
        {
            depth += tokens.IsSymbol('(') ? 1 : tokens.IsSymbol(')') ? -1 : 0;
            if (depth == 0 && tokens.Is("AS"u8))
                generated = true;
            invisible |= depth == 0 && tokens.Is("INVISIBLE"u8);
            if (depth == 0 && tokens.Take("DEFAULT"u8))
            {
                if (tokens.Is("CURRENT_TIMESTAMP"u8) || tokens.Is("NOW"u8) || tokens.Is("LOCALTIME"u8) || tokens.Is("LOCALTIMESTAMP"u8))
                    clock = true;
                else if (tokens.IsSymbol('(') || (tokens.Kind is TokenKind.Word or TokenKind.QuotedName && IsExpression(tokens)))
                    expression = true;
                continue;
            }

            tokens.MoveNext();
        }

        return (generated, invisible, clock, expression);
    }

    /// <summary>A word that is followed by what no literal has.</summary>
    static bool IsExpression(SqlTokens tokens)
    {
        if (tokens.Is("NULL"u8) || tokens.Is("TRUE"u8) || tokens.Is("FALSE"u8) || tokens.Bytes[0] is >= (byte)'0' and <= (byte)'9' or (byte)'_')
            return false;
        var next = tokens;
        next.MoveNext();
        return next.IsSymbol('(') || next.IsSymbol('.') || tokens.Is("NEXT"u8) || tokens.Kind == TokenKind.QuotedName
            || tokens.Is("CURRENT_USER"u8) || tokens.Is("CURRENT_ROLE"u8) || tokens.Is("SESSION_USER"u8) || tokens.Is("CURRENT_DATE"u8) || tokens.Is("CURRENT_TIME"u8);
    }
}
