using System.Globalization;

namespace Stillframe.Dumps;

/// <summary>Gathers what the statements of dump files mean: tables, schemas and the data version.</summary>
internal sealed class DumpDigest(RowThread thread) : IDisposable
{
    readonly DumpedTables tables = new();
    readonly List<string> schemas = [];
    readonly FieldHash others = new();
    readonly DefinedObjects objects = new();
    readonly DumpStructure structure = new();
    readonly SortedSet<string> droppedSchemas = new(StringComparer.Ordinal);
    readonly Transactions transactions = new();
    readonly TableLocks locks = new();
    SessionState session = new();
    string? ordered;
    bool speaksOfClock;
    bool hasForeignKeys;

    public IReadOnlyList<string> Schemas => schemas;

    /// <inheritdoc cref="DumpStructure.Fingerprints"/>
    public IReadOnlyDictionary<string, string> Structure => structure.Fingerprints();

    public IReadOnlyList<string> DroppedSchemas => [.. droppedSchemas];

    /// <summary>
    /// Why the dump has to be run in its own order, as a client would; the middle of a sentence, null where each table's rows come from its own literals
    /// alone. To be asked after <see cref="Tables"/>.
    /// </summary>
    public string? OrderedBecause => ordered
        ?? tables.All.Select(table => table.OrderedBecause).FirstOrDefault(reason => reason is not null)
        ?? (hasForeignKeys ? tables.Standing.FirstOrDefault(table => table.Replaces) is { } table ? $"rows of {table.Name} may take others along" : null : null)
        ?? transactions.OrderedBecause
        ?? locks.OrderedBecause;

    /// <summary>What is in the tables depends on the time of day. To be asked after <see cref="Tables"/>.</summary>
    public bool TakesClock =>
        tables.Standing.Any(table => table.TakesClock) || (OrderedBecause is not null && (speaksOfClock || tables.Standing.Any(table => table.HasClockDefault)));

    /// <summary>To be called at the start of a file and after each change of session variables.</summary>
    public void Enter(SessionState session)
    {
        this.session = session;
        ordered ??= session.OrderedBecause;
    }

    /// <summary>To be called at the end of a file.</summary>
    public void Leave(string file)
    {
        transactions.EndFile(file, session.CommitsEach);
        locks.End();
    }

    /// <param name="hashedSchema">Empty where the statement's schema has its name from the dump file's alone.</param>
    public void Add(DumpStatement statement, string hashedSchema)
    {
        transactions.See(statement, session.CommitsEach);
        locks.See(statement, name => tables.Find(name) is { IsCreated: true });
        switch (statement.Kind)
        {
            case StatementKind.Rows:
                var table = tables.FindOrAdd(statement.On, hashedSchema);
                if (table.HasTrigger)
                {
                    table.HasRowsAfterTrigger = true;
                    ordered ??= $"{table.Name} has a trigger before its rows";
                }

                if (statement.Unread is { } file)
                    table.Take(file);
                else
                    thread.Add(table, statement, new(statement.Location, statement.Modes, session.ForRows, session.HasOwnClock, session.ChecksForeignKeys));
                break;
            case StatementKind.CreateTable or StatementKind.AlterTable:
                AddTable(statement, hashedSchema);
                break;
            case StatementKind.DropTable:
                foreach (var name in statement.All)
                {
                    tables.Drop(name);
                    structure.DropTable(name);
                }

                break;
            case StatementKind.KeysToggle when tables.Find(statement.On) is null:
                ordered ??= $"keys are switched of a table that was not made ({statement.Location})";
                break;
            case StatementKind.DropSchema:
                droppedSchemas.Add(statement.Schema ?? "");
                tables.DropSchema(statement.Schema);
                structure.DropSchema(statement.Schema);
                break;
            case StatementKind.CreateSchema or StatementKind.View or StatementKind.Trigger or StatementKind.Routine or StatementKind.Event:
                NoteSchema(statement.Schema);
                structure.Add(statement, hashedSchema, session.ForPrograms);
                objects.Add(statement, hashedSchema, statement.Kind == StatementKind.CreateSchema ? "" : session.ForPrograms);
                speaksOfClock |= statement.Kind is StatementKind.Trigger or StatementKind.Routine && SpeaksOfClock(statement);
                if (statement.Kind == StatementKind.Trigger)
                    NoteTrigger(statement);
                break;
            case StatementKind.Drop when !DropStatement.IsIfExists(statement):
                AddOther(statement, hashedSchema, "");
                break;
            case StatementKind.Other:
                AddOther(statement, hashedSchema, $"{session.ForPrograms}|{session.ForRows}|{RowsSoFar().ToString(CultureInfo.InvariantCulture)}");
                speaksOfClock |= SpeaksOfClock(statement);
                if (!OtherStatement.TouchesNoRows(statement))
                    ordered ??= $"a statement reads or changes more than its own rows ({statement.Location})";
                break;
        }
    }

    public IReadOnlyList<DumpTable> Tables(CancellationToken cancellationToken)
    {
        thread.Drain(cancellationToken);
        return [.. tables.Standing.Where(table => table.IsCreated).Select(table => table.Finish())];
    }

    /// <summary>To be asked after <see cref="Tables"/>.</summary>
    /// <param name="clock">Null where the data does not depend on it.</param>
    public string DataVersion(DateTimeOffset? clock)
    {
        objects.EndInto(others);
        var fields = new List<string> { "stillframe data version 3" };
        if (clock is { } time)
            fields.Add(time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var keys = tables.Standing.Select(table => table.Key()).OrderBy(key => string.Join('\0', key), StringComparer.Ordinal);
        fields.AddRange(keys.SelectMany(key => key));
        fields.Add(others.Hex());
        return FieldHash.Of([.. fields]);
    }

    public void Dispose()
    {
        thread.Drain(CancellationToken.None); // it must not hash into what is gone
        tables.Dispose();
        others.Dispose();
        objects.Dispose();
        structure.Dispose();
    }

    void AddTable(DumpStatement statement, string hashedSchema)
    {
        var isCreate = statement.Kind == StatementKind.CreateTable;
        var known = tables.Find(statement.On);
        if (!isCreate && known is null)
        {
            AddOther(statement, hashedSchema, session.ForRows);
            return;
        }

        NoteSchema(statement.Schema);
        structure.Add(statement, hashedSchema, "");
        if (known is not null)
            thread.Drain(CancellationToken.None); // how many rows came before is part of what is defined
        var text = statement.Text.Span;
        var columns = TableColumns.Read(text, new StatementHead(text, statement.Modes), statement.Modes);
        tables.FindOrAdd(statement.On, hashedSchema).Define(statement, CanonicalText.OfDefinition(text, statement.Modes), session.ForRows, columns);
        hasForeignKeys |= System.Text.Encoding.Latin1.GetString(text).Contains("references", StringComparison.OrdinalIgnoreCase);
        if (isCreate && CreateTableStatement.DependsOnAnother(text, statement.Modes))
            ordered ??= $"a table is made of another ({statement.Location})";
    }

    long RowsSoFar()
    {
        thread.Drain(CancellationToken.None);
        return tables.All.Sum(table => table.Count);
    }

    void AddOther(DumpStatement statement, string hashedSchema, string state)
    {
        structure.Add(statement, hashedSchema, "");
        objects.EndInto(others); // what comes now may depend on them
        DefinedObjects.Append(others, statement, hashedSchema, state);
    }

    static bool SpeaksOfClock(DumpStatement statement) => ValueWords.SpeaksOfClock(statement.Text.Span, statement.Modes);

    void NoteTrigger(DumpStatement statement)
    {
        var on = TriggerStatement.Table(statement);
        if (on.Name is not null && tables.Find(statement.Named(on)) is { } table)
            table.HasTrigger = true;
    }

    void NoteSchema(string? schema)
    {
        if (schema is not null && !schemas.Contains(schema))
            schemas.Add(schema);
    }
}
