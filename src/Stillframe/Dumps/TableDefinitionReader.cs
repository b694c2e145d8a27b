namespace Stillframe.Dumps;

/// <summary>Reads the columns and keys of a CREATE TABLE, and what ALTER TABLE and CREATE INDEX change of them.</summary>
internal ref struct TableDefinitionReader
{
    readonly List<TableDefinitionColumn> columns;
    readonly List<IReadOnlyList<string>> unique;
    readonly List<TableDefinitionReference> references;
    readonly string place;
    SqlTokens tokens;
    string? unclear;

    TableDefinitionReader(TableDefinition before, SqlTokens tokens, string place)
    {
        (columns, unique, references) = ([.. before.Columns], [.. before.UniqueKeys], [.. before.References]);
        (unclear, this.place) = (before.Unclear, place);
        this.tokens = tokens;
    }

    /// <param name="before">What is known of the table; null for one that is made.</param>
    public static TableDefinition Read(TableDefinition? before, DumpStatement statement)
    {
        var head = new StatementHead(statement.Text.Span, statement.Modes);
        var reader = new TableDefinitionReader(before ?? TableDefinition.None, head.Tokens, $"{statement.Location.File}:{statement.Location.Line}");
        if (statement.Kind == StatementKind.CreateTable)
            reader.Create(isNew: before is null, statement);
        else if (head.Verb == "ALTER")
            reader.Alter();
        else if (head.Verb == "CREATE")
            reader.Index(statement);
        return new() { Columns = reader.columns, UniqueKeys = reader.unique, References = reader.references, Unclear = reader.unclear };
    }

    void Create(bool isNew, DumpStatement statement)
    {
        if (!isNew)
            Give("makes it once more");
        if (CreateTableStatement.DependsOnAnother(statement.Text.Span, statement.Modes))
            Give("makes it of another table");
        while (tokens.Kind != TokenKind.End && !tokens.IsSymbol('('))
            tokens.MoveNext();
        tokens.TakeSymbol('(');
        do
        {
            if (!Key())
                Column();
            SkipToComma();
        }
        while (tokens.TakeSymbol(','));
        if (!tokens.TakeSymbol(')'))
            Give("has a definition that ends early");
        GiveCharset();
    }

    /// <summary>To the columns that name none.</summary>
    void GiveCharset()
    {
        var charset = new CharsetName();
        while (tokens.Kind != TokenKind.End && !tokens.Is("PARTITION"u8))
        {
            charset.TryRead(ref tokens);
            tokens.MoveNext();
        }

        for (var i = 0; i < columns.Count; i++)
            columns[i] = columns[i] with { Charset = columns[i].Charset ?? charset.Value };
    }

    void Alter()
    {
        if (tokens.Take("IF"u8))
            tokens.Take("EXISTS"u8);
        QualifiedName.Read(ref tokens);
        do
        {
            var isAdd = tokens.Take("ADD"u8);
            if (isAdd && Key())
            {
            }
            else if (!isAdd && tokens.Take("MODIFY"u8))
            {
                tokens.Take("COLUMN"u8);
                Column();
            }
            else if (!tokens.Is("AUTO_INCREMENT"u8) && !tokens.Is("COMMENT"u8) && !tokens.Is("ENGINE"u8) && !tokens.Is("ENABLE"u8) && !tokens.Is("DISABLE"u8))
                Give("changes it in a way that is not followed");
            SkipToComma();
        }
        while (tokens.TakeSymbol(','));
    }

    void Index(DumpStatement statement)
    {
        var words = new SqlTokens(statement.Text.Span, statement.Modes);
        var isUnique = false;
        while (words.MoveNext() && !words.Is("INDEX"u8))
            isUnique |= words.Is("UNIQUE"u8);
        while (tokens.Kind != TokenKind.End && !tokens.IsSymbol('('))
            tokens.MoveNext();
        if (isUnique)
            unique.Add(Names());
    }

    /// <summary>False where it is no key but a column.</summary>
    bool Key()
    {
        if (tokens.Kind == TokenKind.QuotedName)
            return false;
        if (tokens.Take("CONSTRAINT"u8) && !IsKind())
            tokens.MoveNext(); // its name
        if (!IsKind())
            return false;
        var (isUnique, isForeign) = (tokens.Is("PRIMARY"u8) || tokens.Is("UNIQUE"u8), tokens.Is("FOREIGN"u8));
        var isPrimary = tokens.Is("PRIMARY"u8);
        if (!isUnique && !isForeign)
            return true;
        while (tokens.Kind != TokenKind.End && !tokens.IsSymbol('('))
            tokens.MoveNext();
        var names = Names();
        if (isForeign)
            References(names);
        else
            unique.Add(names);
        for (var i = 0; isPrimary && i < columns.Count; i++)
        {
            if (names.Contains(columns[i].Name, StringComparer.OrdinalIgnoreCase))
                columns[i] = columns[i] with { Nullable = false };
        }

        return true;
    }

    readonly bool IsKind() =>
        tokens.Is("PRIMARY"u8) || tokens.Is("UNIQUE"u8) || tokens.Is("FOREIGN"u8) || tokens.Is("KEY"u8) || tokens.Is("INDEX"u8) || tokens.Is("FULLTEXT"u8)
        || tokens.Is("SPATIAL"u8) || tokens.Is("CHECK"u8) || tokens.Is("PERIOD"u8);

    void References(IReadOnlyList<string> names)
    {
        if (!tokens.Take("REFERENCES"u8))
            return;
        var table = QualifiedName.Read(ref tokens);
        references.Add(new(names, table.Schema, table.Name ?? "", Names()));
    }

    /// <summary>Names between parentheses, without lengths and order.</summary>
    List<string> Names()
    {
        var names = new List<string>();
        if (!tokens.TakeSymbol('('))
            return names;
        while (tokens.Kind != TokenKind.End && !tokens.IsSymbol(')'))
        {
            names.Add(tokens.Name() ?? "");
            SkipToComma();
            tokens.TakeSymbol(',');
        }

        tokens.TakeSymbol(')');
        return names;
    }

    void Column()
    {
        if (tokens.Name() is not { } name)
        {
            Give("has a column without a name");
            return;
        }

        tokens.MoveNext();
        var column = ColumnAttributes.Read(name, ref tokens, out var isUnique, out var reference);
        if (isUnique)
            unique.Add([name]);
        if (reference)
            References([name]);
        var index = columns.FindIndex(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
            columns.Add(column);
        else if (tokens.Is("FIRST"u8) || tokens.Is("AFTER"u8))
            Give("puts a column elsewhere");
        else
            columns[index] = column;
    }

    void Give(string what) => unclear ??= $"{place} {what}";

    void SkipToComma()
    {
        for (var depth = 0; tokens.Kind != TokenKind.End && !(depth == 0 && (tokens.IsSymbol(',') || tokens.IsSymbol(')'))); tokens.MoveNext())
            depth += tokens.IsSymbol('(') ? 1 : tokens.IsSymbol(')') ? -1 : 0;
    }
}
