using System.Text;

namespace Stillframe.Dumps;

/// <summary>A name as a statement gives it.</summary>
internal readonly record struct QualifiedName(string? Schema, string? Name)
{
    /// <summary>Reads <c>name</c> or <c>schema.name</c> and goes on to the token after it.</summary>
    public static QualifiedName Read(ref SqlTokens tokens)
    {
        var first = tokens.Name();
        if (first is null)
            return default;
        tokens.MoveNext();
        if (!tokens.TakeSymbol('.'))
            return new(null, first);
        var second = tokens.Name();
        tokens.MoveNext();
        return new(first, second);
    }
}

/// <summary>What a statement begins with: its verb, and for CREATE, ALTER and DROP the kind of thing, all in upper case.</summary>
internal ref struct StatementHead
{
    SqlTokens tokens;

    public StatementHead(ReadOnlySpan<byte> text, LexicalModes modes, VersionComments versions = VersionComments.Server)
    {
        tokens = new(text, modes, versions);
        tokens.MoveNext();
        IsEmpty = tokens.Kind == TokenKind.End;
        Verb = Upper(tokens);
        tokens.MoveNext();
        if (Verb is "CREATE" or "ALTER" or "DROP" or "RENAME")
            SkipAttributes();
        Object = Upper(tokens);
        if (Verb is "CREATE" or "ALTER" or "DROP" or "RENAME" && Object.Length > 0)
            tokens.MoveNext();
    }

    /// <summary>There is nothing to run.</summary>
    public bool IsEmpty { get; }

    /// <summary>The first word; empty where the statement begins with none.</summary>
    public string Verb { get; }

    /// <summary>What is created, altered or dropped; for other verbs the word after it.</summary>
    public string Object { get; }

    public bool IsTemporary { get; private set; }

    public readonly bool SawVersionComment => tokens.SawVersionComment;

    /// <summary>The tokens from behind what is created, altered or dropped; for other verbs from behind the verb.</summary>
    public readonly SqlTokens Tokens => tokens;

    void SkipAttributes()
    {
        while (tokens.Kind == TokenKind.Word)
        {
            if (tokens.Is("TEMPORARY"u8))
                IsTemporary = true;
            else if (tokens.Is("DEFINER"u8) || tokens.Is("ALGORITHM"u8))
            {
                var isDefiner = tokens.Is("DEFINER"u8);
                tokens.MoveNext();
                tokens.TakeSymbol('=');
                if (isDefiner)
                    DefinerClause.SkipUser(ref tokens);
                else
                    tokens.MoveNext();
                continue;
            }
            else if (tokens.Take("SQL"u8))
            {
                tokens.Take("SECURITY"u8);
            }
            else if (!IsAttribute())
                return;
            tokens.MoveNext();
        }
    }

    readonly bool IsAttribute() =>
        tokens.Is("OR"u8) || tokens.Is("REPLACE"u8) || tokens.Is("UNIQUE"u8) || tokens.Is("FULLTEXT"u8) || tokens.Is("SPATIAL"u8)
        || tokens.Is("AGGREGATE"u8) || tokens.Is("ONLINE"u8) || tokens.Is("OFFLINE"u8) || tokens.Is("IGNORE"u8);

    static string Upper(SqlTokens tokens) =>
        tokens.Kind == TokenKind.Word && tokens.Bytes.Length <= 32 ? Encoding.UTF8.GetString(tokens.Bytes).ToUpperInvariant()
        : tokens.IsSymbol('(') ? "("
        : "";
}
