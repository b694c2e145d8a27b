using System.Globalization;

namespace Stillframe.Dumps;

/// <summary>Gathers what the statements of dump files mean: tables, schemas and the data version.</summary>
internal sealed class DumpDigest(RowThread thread) : IDisposable
{
    readonly DumpedTables _tables = new();
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
        ?? _tables.All.Select(table => table.OrderedBecause).FirstOrDefault(reason => reason is not null)
        ?? (_hasForeignKeys ? _tables.Standing.FirstOrDefault(table => table.Replaces) is { } table ? $"rows of {table.Name} may take others along" : null : null)
        ?? _transactions.OrderedBecause
        ?? _locks.OrderedBecause;

    /// <summary>What is in the tables depends on the time of day. To be asked after <see cref="Tables"/>.</summary>
    public bool TakesClock =>
        _tables.Standing.Any(table => table.TakesClock) || (OrderedBecause is not null && (_speaksOfClock || _tables.Standing.Any(table => table.HasClockDefault)));

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
        _locks.See(statement, name => _tables.Find(name) is { IsCreated: true });
        switch (statement.Kind)
        {
            case StatementKind.Rows:
                var table = _tables.FindOrAdd(statement.On, hashedSchema);
                if (table.HasTrigger)
                    _ordered ??= $"{table.Name} has a trigger before its rows";
                thread.Add(table, statement, new(statement.Location, statement.Modes, _session.ForRows, _session.HasOwnClock, _session.ChecksForeignKeys));
                break;
            case StatementKind.CreateTable or StatementKind.AlterTable:
                AddTable(statement, hashedSchema);
                break;
            case StatementKind.DropTable:
                foreach (var name in statement.All)
                    _tables.Drop(name);
                break;
            case StatementKind.KeysToggle when _tables.Find(statement.On) is null:
                _ordered ??= $"keys are switched of a table that was not made ({statement.Location})";
                break;
            case StatementKind.DropSchema:
                _droppedSchemas.Add(statement.Schema ?? "");
                _tables.DropSchema(statement.Schema);
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
        return [.. _tables.Standing.Where(table => table.IsCreated).Select(table => table.Finish())];
    }

    /// <summary>To be asked after <see cref="Tables"/>.</summary>
    /// <param name="clock">Null where the data does not depend on it.</param>
    public string DataVersion(DateTimeOffset? clock)
    {
        var fields = new List<string> { "stillframe data version 2" };
        if (clock is { } time)
            fields.Add(time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var keys = _tables.Standing.Select(table => table.Key()).OrderBy(key => string.Join('\0', key), StringComparer.Ordinal);
        fields.AddRange(keys.SelectMany(key => key));
        fields.Add(_others.Hex());
        return FieldHash.Of([.. fields]);
    }

    public void Dispose()
    {
        thread.Drain(CancellationToken.None); // it must not hash into what is gone
        _tables.Dispose();
        _others.Dispose();
    }

    void AddTable(DumpStatement statement, string hashedSchema)
    {
        var isCreate = statement.Kind == StatementKind.CreateTable;
        var known = _tables.Find(statement.On);
        if (!isCreate && known is null)
        {
            AddOther(statement, hashedSchema, _session.ForRows);
            return;
        }

        NoteSchema(statement.Schema);
        if (known is not null)
            thread.Drain(CancellationToken.None); // how many rows came before is part of what is defined
        var text = statement.Text.Span;
        var columns = TableColumns.Read(text, new StatementHead(text, statement.Modes), statement.Modes);
        _tables.FindOrAdd(statement.On, hashedSchema).Define(statement.Kind, CanonicalText.OfDefinition(text, statement.Modes), _session.ForRows, columns);
        _hasForeignKeys |= System.Text.Encoding.Latin1.GetString(text).Contains("references", StringComparison.OrdinalIgnoreCase);
        if (isCreate && CreateTableStatement.DependsOnAnother(text, statement.Modes))
            _ordered ??= $"a table is made of another ({statement.Location})";
    }

    long RowsSoFar()
    {
        thread.Drain(CancellationToken.None);
        return _tables.All.Sum(table => table.Count);
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
        if (on.Name is not null && _tables.Find(statement.Named(on)) is { } table)
            table.HasTrigger = true;
    }

    void NoteSchema(string? schema)
    {
        if (schema is not null && !_schemas.Contains(schema))
            _schemas.Add(schema);
    }
}
