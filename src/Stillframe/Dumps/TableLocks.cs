namespace Stillframe.Dumps;

/// <summary>Follows <c>LOCK TABLES</c>: while tables are locked, a server takes rows for those alone.</summary>
internal sealed class TableLocks
{
    readonly HashSet<TableName> writable = [];
    bool isActive;

    /// <summary>Why a client would be refused; the middle of a sentence, null where it would not.</summary>
    public string? OrderedBecause { get; private set; }

    /// <param name="isThere">Whether a table has been made.</param>
    public void See(DumpStatement statement, Func<TableName, bool> isThere)
    {
        if (statement.Kind == StatementKind.LockTables)
        {
            writable.Clear();
            isActive = new StatementHead(statement.Text.Span, statement.Modes).Verb == "LOCK";
            if (isActive && statement.Table is not null)
                writable.UnionWith(statement.All);
            if (writable.Any(name => !isThere(name)))
                OrderedBecause ??= $"a table is locked that was not made ({statement.Location})";
        }
        else if (statement.Kind == StatementKind.Transaction && new StatementHead(statement.Text.Span, statement.Modes).Verb is "START" or "BEGIN")
        {
            End();
        }
        else if (isActive && statement.Kind is not (StatementKind.Rows or StatementKind.KeysToggle or StatementKind.Session or StatementKind.Transaction
            or StatementKind.UseSchema or StatementKind.Ignored or StatementKind.Refused))
        {
            OrderedBecause ??= $"something is defined or changed while tables are locked ({statement.Location})";
        }
        else if (isActive && statement.Kind == StatementKind.Rows && !writable.Contains(statement.On))
        {
            OrderedBecause ??= $"{statement.On} gets rows while other tables are locked ({statement.Location})";
        }
    }

    public void End()
    {
        isActive = false;
        writable.Clear();
    }
}
