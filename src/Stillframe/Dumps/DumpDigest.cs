using System.Globalization;

namespace Stillframe.Dumps;

/// <summary>Gathers what the statements of dump files mean: tables, schemas and the data version.</summary>
internal sealed class DumpDigest(RowThread thread) : IDisposable
{
    readonly Dictionary<TableName, TableDigest> _tables = [];
    readonly List<TableDigest> _order = [];
    readonly List<TableDigest> _dropped = [];
    readonly List<string> _schemas = [];
    readonly FieldHash _others = new();
    readonly SortedSet<string> _droppedSchemas = new(StringComparer.Ordinal);
    readonly Transactions _transactions = new();
    readonly TableLocks _locks = new();
    SessionState _session = new();
    string? _ordered;
    bool _speaksOfClock;
    bool _hasForeignKeys;

    public IReadOnlyList<string> Schemas => _schemas;

    public IReadOnlyList<string> DroppedSchemas => [.. _droppedSchemas];

    /// <summary>
    /// Why the dump has to be run in its own order, as a client would; the middle of a sentence, null where each table's rows come from its own literals
    /// alone. To be asked after <see cref="Tables"/>.
    /// </summary>
    public string? OrderedBecause => _ordered
        ?? _order.Concat(_dropped).Select(table => table.OrderedBecause).FirstOrDefault(reason => reason is not null)
        ?? (_hasForeignKeys ? _order.FirstOrDefault(table => table.Replaces) is { } table ? $"rows of {table.Name} may take others along" : null : null)
        ?? _transactions.OrderedBecause
        ?? _locks.OrderedBecause;

    /// <summary>What is in the tables depends on the time of day. To be asked after <see cref="Tables"/>.</summary>
    public bool TakesClock =>
        _order.Any(table => table.TakesClock) || (OrderedBecause is not null && (_speaksOfClock || _order.Any(table => table.HasClockDefault)));

    /// <summary>To be called at the start of a file and after each change of session variables.</summary>
    public void Enter(SessionState session)
    {
        _session = session;
        _ordered ??= session.OrderedBecause;
    }

    /// <summary>To be called at the end of a file.</summary>
    public void Leave(string file)
    {
        _transactions.EndFile(file, _session.CommitsEach);
        _locks.End();
    }

    /// <param name="hashedSchema">Empty where the statement's schema has its name from the dump file's alone.</param>
    public void Add(DumpStatement statement, string hashedSchema)
    {
        _transactions.See(statement, _session.CommitsEach);
        _locks.See(statement, name => _tables.TryGetValue(name, out var known) && known.IsCreated);
        switch (statement.Kind)
        {
            case StatementKind.Rows:
                var table = Table(statement, hashedSchema);
                if (table.HasTrigger)
                    _ordered ??= $"{table.Name} has a trigger before its rows";
                thread.Add(table, statement, new(statement.Location, statement.Modes, _session.ForRows, _session.HasOwnClock, _session.ChecksForeignKeys));
                break;
            case StatementKind.CreateTable or StatementKind.AlterTable:
                AddTable(statement, hashedSchema);
                break;
            case StatementKind.DropTable:
                foreach (var name in statement.All)
                {
                    if (_tables.Remove(name, out var dropped))
                        Remove(dropped);
                }

                break;
            case StatementKind.KeysToggle when !_tables.ContainsKey(statement.On):
                _ordered ??= $"keys are switched of a table that was not made ({statement.Location})";
                break;
            case StatementKind.DropSchema:
                _droppedSchemas.Add(statement.Schema ?? "");
                foreach (var one in _order.Where(one => one.Name.Schema == statement.Schema).ToList())
                {
                    _tables.Remove(one.Name);
                    Remove(one);
                }

                break;
            case StatementKind.CreateSchema or StatementKind.View or StatementKind.Trigger or StatementKind.Routine or StatementKind.Event:
                NoteSchema(statement.Schema);
                AddOther(statement, hashedSchema, statement.Kind == StatementKind.CreateSchema ? "" : _session.ForPrograms);
                _speaksOfClock |= statement.Kind is StatementKind.Trigger or StatementKind.Routine && SpeaksOfClock(statement);
                if (statement.Kind == StatementKind.Trigger)
                    NoteTrigger(statement);
                break;
            case StatementKind.Drop when !DropStatement.IsIfExists(statement):
                AddOther(statement, hashedSchema, "");
                break;
            case StatementKind.Other:
                AddOther(statement, hashedSchema, $"{_session.ForPrograms}|{_session.ForRows}|{RowsSoFar().ToString(CultureInfo.InvariantCulture)}");
                _speaksOfClock |= SpeaksOfClock(statement);
                if (!OtherStatement.TouchesNoRows(statement))
                    _ordered ??= $"a statement reads or changes more than its own rows ({statement.Location})";
                break;
        }
    }

    public IReadOnlyList<DumpTable> Tables(CancellationToken cancellationToken)
    {
        thread.Drain(cancellationToken);
        return [.. _order.Where(table => table.IsCreated).Select(table => table.Finish())];
    }

    /// <summary>To be asked after <see cref="Tables"/>.</summary>
    /// <param name="clock">Null where the data does not depend on it.</param>
    public string DataVersion(DateTimeOffset? clock)
    {
        var fields = new List<string> { "stillframe data version 2" };
        if (clock is { } time)
            fields.Add(time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var keys = _order.Select(table => table.Key()).OrderBy(key => string.Join('\0', key), StringComparer.Ordinal);
        fields.AddRange(keys.SelectMany(key => key));
        fields.Add(_others.Hex());
        return FieldHash.Of([.. fields]);
    }

    public void Dispose()
    {
        thread.Drain(CancellationToken.None); // it must not hash into what is gone
        foreach (var table in _order.Concat(_dropped))
            table.Dispose();
        _others.Dispose();
    }

    void AddTable(DumpStatement statement, string hashedSchema)
    {
        var isCreate = statement.Kind == StatementKind.CreateTable;
        if (!isCreate && !_tables.ContainsKey(statement.On))
        {
            AddOther(statement, hashedSchema, _session.ForRows);
            return;
        }

        NoteSchema(statement.Schema);
        if (_tables.ContainsKey(statement.On))
            thread.Drain(CancellationToken.None); // how many rows came before is part of what is defined
        var text = statement.Text.Span;
        var columns = TableColumns.Read(text, new StatementHead(text, statement.Modes), statement.Modes);
        Table(statement, hashedSchema).Define(statement.Kind, CanonicalText.OfDefinition(text, statement.Modes), _session.ForRows, columns);
        _hasForeignKeys |= System.Text.Encoding.Latin1.GetString(text).Contains("references", StringComparison.OrdinalIgnoreCase);
        if (isCreate && CreateTableStatement.DependsOnAnother(text, statement.Modes))
            _ordered ??= $"a table is made of another ({statement.Location})";
    }

    long RowsSoFar()
    {
        thread.Drain(CancellationToken.None);
        return _order.Concat(_dropped).Sum(table => table.Count);
    }

    TableDigest Table(DumpStatement statement, string hashedSchema)
    {
        if (!_tables.TryGetValue(statement.On, out var table))
        {
            table = _tables[statement.On] = new(statement.On, hashedSchema);
            _order.Add(table);
        }

        return table;
    }

    // its hash may still be in use on the other thread
    void Remove(TableDigest table)
    {
        _order.Remove(table);
        _dropped.Add(table);
    }

    void AddOther(DumpStatement statement, string hashedSchema, string state)
    {
        _others.Append(statement.Kind.ToString());
        _others.Append(hashedSchema);
        _others.Append(state);
        _others.Append(CanonicalText.OfDefinition(statement.Text.Span, statement.Modes));
    }

    static bool SpeaksOfClock(DumpStatement statement) => ValueWords.SpeaksOfClock(statement.Text.Span, statement.Modes);

    void NoteTrigger(DumpStatement statement)
    {
        var on = TriggerStatement.Table(statement);
        if (on.Name is not null && _tables.TryGetValue(statement.Named(on), out var table))
            table.HasTrigger = true;
    }

    void NoteSchema(string? schema)
    {
        if (schema is not null && !_schemas.Contains(schema))
            _schemas.Add(schema);
    }
}
