namespace Stillframe.Dumps;

/// <summary>Says what a statement does and to what.</summary>
internal static class StatementClassifier
{
    /// <param name="Name">Of the table, view, … or schema.</param>
    /// <param name="More">Further tables.</param>
    internal readonly record struct Class(StatementKind Kind, QualifiedName Name = default, IReadOnlyList<QualifiedName>? More = null);

    /// <param name="written">The statement as it stands in the file, whose version comments tell what a tool means by it.</param>
    /// <param name="text">The statement without them.</param>
    public static Class Classify(ReadOnlySpan<byte> written, ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes)
    {
        var tokens = head.Tokens;
        switch (head.Verb)
        {
            case "INSERT" or "REPLACE":
                var insert = InsertHead.Read(tokens, head.Verb == "REPLACE");
                return new(insert.Values < 0 ? StatementKind.Other : StatementKind.Rows, insert.Table);
            case "SET":
                return new(SetStatement.InnerStatement(tokens) < 0 ? StatementKind.Session : StatementKind.Other);
            case "BEGIN" when tokens.Kind != TokenKind.End && head.Object != "WORK":
                return new(StatementKind.Other);
            case "BEGIN" or "COMMIT" or "ROLLBACK" or "SAVEPOINT" or "RELEASE":
            case "START" when head.Object == "TRANSACTION":
                return new(StatementKind.Transaction);
            case "UNLOCK":
                return new(StatementKind.LockTables);
            case "LOCK":
                return Locks(tokens);
            case "USE":
                return new(StatementKind.UseSchema, new(tokens.Name(), null));
            case "CREATE":
                return Create(written, head);
            case "ALTER" when head.Object == "TABLE":
                return AlterTable(tokens);
            case "ALTER" when head.Object is "DATABASE" or "SCHEMA":
                return new(StatementKind.Other, new(tokens.Name(), null));
            case "DROP":
                return Drop(head);
            case "ALTER" or "RENAME" or "TRUNCATE" or "ANALYZE" or "OPTIMIZE" or "CHECK" or "REPAIR" or "UPDATE" or "DELETE" or "CALL":
                return new(StatementKind.Other, Target(tokens));
            default:
                return new(StatementKind.Other);
        }
    }

    static Class Create(ReadOnlySpan<byte> written, StatementHead head)
    {
        var tokens = head.Tokens;
        SkipIfExists(ref tokens);
        switch (head.Object)
        {
            case "DATABASE" or "SCHEMA":
                return new(StatementKind.CreateSchema, new(tokens.Name(), null));
            case "INDEX":
                return new(StatementKind.AlterTable, AfterOn(tokens));
            case "TABLE" when head.IsTemporary:
                return new(StatementKind.Other, QualifiedName.Read(ref tokens));
            case "TABLE":
                var isPlaceholder = written.StartsWith("/*!50001 CREATE TABLE"u8);
                return new(isPlaceholder ? StatementKind.ViewPlaceholder : StatementKind.CreateTable, QualifiedName.Read(ref tokens));
            case "VIEW":
                var name = QualifiedName.Read(ref tokens);
                return new(IsPlaceholder(written, tokens) ? StatementKind.ViewPlaceholder : StatementKind.View, name);
            case "TRIGGER":
                return new(StatementKind.Trigger, QualifiedName.Read(ref tokens));
            case "PACKAGE":
                tokens.Take("BODY"u8);
                SkipIfExists(ref tokens);
                return new(StatementKind.Routine, QualifiedName.Read(ref tokens));
            case "PROCEDURE" or "FUNCTION":
                return new(StatementKind.Routine, QualifiedName.Read(ref tokens));
            case "EVENT":
                return new(StatementKind.Event, QualifiedName.Read(ref tokens));
            default:
                return new(StatementKind.Other, head.Object == "SEQUENCE" ? QualifiedName.Read(ref tokens) : default);
        }
    }

    static Class Drop(StatementHead head)
    {
        var tokens = head.Tokens;
        SkipIfExists(ref tokens);
        return head.Object switch
        {
            "DATABASE" or "SCHEMA" => new(StatementKind.DropSchema, new(tokens.Name(), null)),
            "TABLE" or "TABLES" => DropTables(head, tokens),
            "INDEX" => new(StatementKind.AlterTable, AfterOn(tokens)),
            "VIEW" or "TRIGGER" or "PROCEDURE" or "FUNCTION" or "EVENT" or "SEQUENCE" or "PACKAGE" => new(
                StatementKind.Drop, QualifiedName.Read(ref tokens)),
            _ => new(StatementKind.Other),
        };
    }

    static Class AlterTable(SqlTokens tokens)
    {
        SkipIfExists(ref tokens);
        var name = QualifiedName.Read(ref tokens);
        var toggles = (tokens.Take("DISABLE"u8) || tokens.Take("ENABLE"u8)) && tokens.Take("KEYS"u8) && tokens.Kind == TokenKind.End;
        return new(toggles ? StatementKind.KeysToggle : StatementKind.AlterTable, name);
    }

    /// <summary>
    /// <c>/*!50001 CREATE VIEW v AS SELECT 1 AS `a`, 1 AS `b`*/</c>, as tools write it before a view's own statement (newer
    /// MariaDB: <c>NULL AS</c>).
    /// </summary>
    static bool IsPlaceholder(ReadOnlySpan<byte> written, SqlTokens tokens)
    {
        if (!written.StartsWith("/*!50001 CREATE VIEW"u8) || !tokens.Take("AS"u8) || !tokens.Take("SELECT"u8))
            return false;
        do
        {
            if (!(tokens.Take("1"u8) || tokens.Take("NULL"u8)) || !tokens.Take("AS"u8) || tokens.Name() is null)
                return false;
            tokens.MoveNext();
        }
        while (tokens.TakeSymbol(','));
        return tokens.Kind == TokenKind.End;
    }

    static void SkipIfExists(ref SqlTokens tokens)
    {
        if (tokens.Take("IF"u8))
        {
            tokens.Take("NOT"u8);
            tokens.Take("EXISTS"u8);
        }
    }

    static Class DropTables(StatementHead head, SqlTokens tokens)
    {
        var names = new List<QualifiedName>();
        do
            names.Add(QualifiedName.Read(ref tokens));
        while (tokens.TakeSymbol(','));
        return new(head.IsTemporary ? StatementKind.Other : StatementKind.DropTable, names[0], names[1..]);
    }

    /// <summary>Those that are locked for writing.</summary>
    static Class Locks(SqlTokens tokens)
    {
        var names = new List<QualifiedName>();
        tokens.MoveNext();
        do
        {
            var name = QualifiedName.Read(ref tokens);
            var writes = false;
            while (tokens.Kind != TokenKind.End && !tokens.IsSymbol(','))
            {
                writes |= tokens.Is("WRITE"u8);
                tokens.MoveNext();
            }

            if (writes)
                names.Add(name);
        }
        while (tokens.TakeSymbol(','));
        return names.Count == 0 ? new(StatementKind.LockTables) : new(StatementKind.LockTables, names[0], names[1..]);
    }

    static QualifiedName AfterOn(SqlTokens tokens)
    {
        while (tokens.Kind != TokenKind.End)
        {
            if (tokens.Take("ON"u8))
                return QualifiedName.Read(ref tokens);
            tokens.MoveNext();
        }

        return default;
    }

    /// <summary>The first name behind the words that such statements may have there.</summary>
    static QualifiedName Target(SqlTokens tokens)
    {
        while (tokens.Is("LOW_PRIORITY"u8) || tokens.Is("QUICK"u8) || tokens.Is("IGNORE"u8) || tokens.Is("FROM"u8) || tokens.Is("TABLE"u8)
            || tokens.Is("TABLES"u8) || tokens.Is("LOCAL"u8) || tokens.Is("NO_WRITE_TO_BINLOG"u8) || tokens.Is("IF"u8)
            || tokens.Is("EXISTS"u8))
            tokens.MoveNext();
        return QualifiedName.Read(ref tokens);
    }
}
