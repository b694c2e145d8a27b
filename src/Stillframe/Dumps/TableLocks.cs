namespace Stillframe.Dumps;

/// <summary>Follows <c>LOCK TABLES</c>: while tables are locked, a server takes rows for those alone.</summary>
internal sealed class TableLocks
{
    readonly HashSet<TableName> _writable = [];
    bool _isActive;

    /// <summary>Why a client would be refused; the middle of a sentence, null where it would not.</summary>
    public string? OrderedBecause { get; private set; }

    /// <param name="isThere">Whether a table has been made.</param>
    public void See(DumpStatement statement, Func<TableName, bool> isThere)
    {
        if (statement.Kind == StatementKind.LockTables)
        {
            _writable.Clear();
            _isActive = new StatementHead(statement.Text.Span, statement.Modes).Verb == "LOCK";
            if (_isActive && statement.Table is not null)
                _writable.UnionWith(statement.All);
            if (_writable.Any(name => !isThere(name)))
                OrderedBecause ??= $"a table is locked that was not made ({statement.Location})";
        }
        else if (statement.Kind == StatementKind.Transaction && new StatementHead(statement.Text.Span, statement.Modes).Verb is "START" or "BEGIN")
        {
            End();
        }
        else if (_isActive && statement.Kind is not (StatementKind.Rows or StatementKind.KeysToggle or StatementKind.Session or StatementKind.Transaction
            or StatementKind.UseSchema or StatementKind.Ignored or StatementKind.Refused))
        {
            OrderedBecause ??= $"something is defined or changed while tables are locked ({statement.Location})";
        }
        else if (_isActive && statement.Kind == StatementKind.Rows && !_writable.Contains(statement.On))
        {
            OrderedBecause ??= $"{statement.On} gets rows while other tables are locked ({statement.Location})";
        }
    }

    public void End()
    {
        _isActive = false;
        _writable.Clear();
    }
}
