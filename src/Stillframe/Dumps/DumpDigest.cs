using System.Globalization;

namespace Stillframe.Dumps;

/// <summary>Gathers what the statements of dump files mean: tables, schemas and the data version.</summary>
internal sealed class DumpDigest(RowThread thread) : IDisposable
{
    readonly Dictionary<(string Schema, string Name), TableDigest> _tables = [];
    readonly List<TableDigest> _order = [];
    readonly List<TableDigest> _dropped = [];
    readonly List<string> _schemas = [];
    readonly FieldHash _others = new();
    string _rowState = "";
    string _programState = "";
    public IReadOnlyList<string> Schemas => _schemas;

    public bool TablesAreIndependent { get; private set; } = true;

    /// <summary>To be called at the start of a file and after each change of session variables.</summary>
    public void Enter(SessionState session) => (_rowState, _programState) = (session.ForRows, session.ForPrograms);

    /// <param name="hashedSchema">Empty where the statement's schema has its name from the dump file's alone.</param>
    public void Add(DumpStatement statement, string hashedSchema)
    {
        switch (statement.Kind)
        {
            case StatementKind.Rows:
                var table = Table(statement, hashedSchema);
                TablesAreIndependent &= !table.HasTrigger;
                thread.Add(table, statement, _rowState);
                break;
            case StatementKind.CreateTable or StatementKind.AlterTable:
                AddTable(statement, hashedSchema);
                break;
            case StatementKind.DropTable:
                if (_tables.Remove((statement.Schema ?? "", statement.Table ?? ""), out var dropped))
                    Remove(dropped);
                break;
            case StatementKind.DropSchema:
                foreach (var one in _order.Where(one => one.Schema == statement.Schema).ToList())
                {
                    _tables.Remove((one.Schema, one.Name));
                    Remove(one);
                }

                break;
            case StatementKind.CreateSchema or StatementKind.View or StatementKind.Trigger or StatementKind.Routine or StatementKind.Event:
                NoteSchema(statement.Schema);
                AddOther(statement, hashedSchema, statement.Kind == StatementKind.CreateSchema ? "" : _programState);
                if (statement.Kind == StatementKind.Trigger)
                    NoteTrigger(statement);
                break;
            case StatementKind.Drop when !DropStatement.IsIfExists(statement):
                AddOther(statement, hashedSchema, "");
                break;
            case StatementKind.Other:
                AddOther(statement, hashedSchema, $"{_programState}|{RowsSoFar().ToString(CultureInfo.InvariantCulture)}");
                TablesAreIndependent &= OtherStatement.TouchesNoRows(statement);
                break;
        }
    }

    public IReadOnlyList<DumpTable> Tables(CancellationToken cancellationToken)
    {
        thread.Drain(cancellationToken);
        return [.. _order.Where(table => table.IsCreated).Select(table => table.Finish())];
    }

    /// <summary>To be asked after <see cref="Tables"/>.</summary>
    public string DataVersion()
    {
        var fields = new List<string> { "stillframe data version 1" };
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
        if (!isCreate && !_tables.ContainsKey((statement.Schema ?? "", statement.Table ?? "")))
        {
            AddOther(statement, hashedSchema, _rowState);
            return;
        }

        NoteSchema(statement.Schema);
        if (_tables.ContainsKey((statement.Schema ?? "", statement.Table ?? "")))
            thread.Drain(CancellationToken.None); // how many rows came before is part of what is defined
        var text = statement.Text.Span;
        Table(statement, hashedSchema).Define(statement.Kind, CanonicalText.OfDefinition(text, statement.Modes), _rowState);
        TablesAreIndependent &= !isCreate || !CreateTableStatement.DependsOnAnother(text, statement.Modes);
    }

    long RowsSoFar()
    {
        thread.Drain(CancellationToken.None);
        return _order.Concat(_dropped).Sum(table => table.Count);
    }

    TableDigest Table(DumpStatement statement, string hashedSchema)
    {
        var key = (statement.Schema ?? "", statement.Table ?? "");
        if (!_tables.TryGetValue(key, out var table))
        {
            table = _tables[key] = new(key.Item1, hashedSchema, key.Item2);
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

    void NoteTrigger(DumpStatement statement)
    {
        var on = TriggerStatement.Table(statement);
        if (on.Name is not null && _tables.TryGetValue((on.Schema ?? statement.Schema ?? "", on.Name), out var table))
            table.HasTrigger = true;
    }

    void NoteSchema(string? schema)
    {
        if (schema is not null && !_schemas.Contains(schema))
            _schemas.Add(schema);
    }
}
