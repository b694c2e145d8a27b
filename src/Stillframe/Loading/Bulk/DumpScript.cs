using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>A place in a dump's session, at which its variables matter to what follows.</summary>
sealed class SessionPoint
{
    SessionSnapshot? snapshot;

    /// <summary>Null as long as that is not so.</summary>
    public SessionSnapshot? Known => snapshot;

    /// <summary>Set when the dump's session was run up to here.</summary>
    public SessionSnapshot Snapshot
    {
        get => snapshot ?? throw new InvalidOperationException("The dump's session was not run up to here.");
        set => snapshot = value;
    }
}

/// <summary>One step of a dump's first part: a statement to be run, or a point of the session to be noted.</summary>
/// <param name="Statement">With bytes of its own; null for a point alone.</param>
/// <param name="Point">Null for a statement whose session does not matter later.</param>
/// <param name="File">Whose session it is.</param>
sealed record ScriptStep(DumpStatement? Statement, SessionPoint? Point, string File);

/// <summary>What a dump does besides bringing rows, and where its rows are: all that a server has to be told, read once.</summary>
sealed class DumpScript
{
    readonly Dictionary<TableName, TableRows> tables = [];
    readonly HashSet<TableName> created = [];
    readonly List<ScriptStep> steps = [];
    readonly List<LaterStatement> later = [];
    readonly RowFileSessions unread;
    SessionPoint? current;

    DumpScript() => unread = new(steps);

    /// <summary>What comes before all rows, in the dump's order.</summary>
    public IReadOnlyList<ScriptStep> Steps => steps;

    /// <summary>What comes after all rows.</summary>
    public IReadOnlyList<LaterStatement> Later => later;

    /// <summary>In the order of their first rows.</summary>
    public IReadOnlyCollection<TableRows> Tables => tables.Values;

    /// <summary>Every schema that a statement works on.</summary>
    public IReadOnlyList<string> Schemas =>
    [
        .. steps.Select(step => step.Statement?.Schema).Concat(later.Select(one => one.Statement.Schema)).Concat(tables.Keys.Select(name => name.Schema))
            .Where(schema => schema is { Length: > 0 }).OfType<string>().Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Why tables can't be made in another order than the dump's; null where they can.</summary>
    public string? OrderedBy { get; private set; }

    /// <summary>What changes tables that have rows; null where nothing does.</summary>
    public string? ChangedAfterRows { get; private set; }

    /// <param name="spool">Takes the rows of compressed dumps.</param>
    /// <param name="known">Files with rows that are read when their tables are loaded.</param>
    /// <exception cref="OrderMattersException">Only the dump's own order of statements will do.</exception>
    public static DumpScript Read(
        IReadOnlyList<string> dumps, DumpOptions options, RowSpool spool, CancellationToken cancellationToken, IReadOnlyDictionary<string, RowFile>? known = null)
    {
        var writer = new Writer(spool);
        foreach (var statement in DumpReader.Read(dumps, options, SilentReporter.Instance, cancellationToken, known))
            writer.Add(statement);
        return writer.Finish();
    }

    /// <summary>Makes one of a dump's statements, as they come.</summary>
    /// <param name="spool">Takes the rows of compressed dumps, and those whose text is not the file's.</param>
    public sealed class Writer(RowSpool spool)
    {
        readonly DumpScript script = new();
        readonly StatementTiming timing = new();
        OrderMattersException? failure;
        string? file;
        bool compressed;

        public void Add(DumpStatement statement)
        {
            if (failure is not null || !statement.IsToBeRun)
                return;
            if (statement.Unread is { Rows: var count } unread)
            {
                if (count == 0)
                    return;
                timing.SawRows(statement);
                script.tables.Add(statement.On, new(statement.On, unread));
                return;
            }

            if (statement.Location.File != file)
            {
                file = statement.Location.File;
                compressed = IsCompressed(file);
                script.current = null;
            }

            if (statement.Kind == StatementKind.Rows)
            {
                timing.SawRows(statement);
                script.AddRows(statement, compressed || !statement.IsAsInFile ? spool : null);
                return;
            }

            try
            {
                script.Add(statement, timing.Of(statement));
            }
            catch (OrderMattersException e)
            {
                failure = e;
            }
        }

        /// <exception cref="OrderMattersException">Only the dump's own order of statements will do.</exception>
        public DumpScript Finish()
        {
            spool.Finish();
            return failure is null ? script : throw failure;
        }
    }

    void Add(DumpStatement statement, Timing when)
    {
        if (when is Timing.AfterRows or Timing.Both)
            later.Add(LaterStatement.Of(statement, onlyContext: when == Timing.Both));
        if (when == Timing.AfterRows && statement.Kind is StatementKind.AlterTable)
            ChangedAfterRows ??= $"{statement.On} is changed after its rows";
        if (when is not (Timing.BeforeRows or Timing.Both))
            return;
        var isTable = statement.Kind == StatementKind.CreateTable;
        if (isTable ? !created.Add(statement.On) : MayDependOnOrder(statement.Kind))
            OrderedBy ??= $"{statement.Location.File}:{statement.Location.Line} belongs to its place in the dump";
        steps.Add(new(statement with { Text = statement.Text.ToArray() }, isTable ? current ??= new() : null, statement.Location.File));
        if (statement.Kind == StatementKind.Session)
            current = null;
    }

    /// <summary>Has files opened that were not read yet, before the dump's session is run for their tables.</summary>
    /// <inheritdoc cref="RowFileSessions.Open"/>
    public void Open(IEnumerable<TableRows> tables, DumpOptions options, CancellationToken cancellationToken) => unread.Open(tables, options, cancellationToken);

    /// <summary>The same with fewer rows, to be run in another server, and less of what comes after them.</summary>
    public DumpScript With(Func<TableName, bool> isWanted, Func<LaterStatement, bool> isLater)
    {
        var part = new DumpScript { OrderedBy = OrderedBy, ChangedAfterRows = ChangedAfterRows };
        part.created.UnionWith(created);
        part.steps.AddRange(steps);
        part.later.AddRange(later.Where(isLater));
        foreach (var (name, rows) in tables.Where(table => isWanted(table.Key)))
            part.tables.Add(name, rows.Unread is { } file ? new(name, file) : rows);
        return part;
    }

    /// <summary>Takes rows from other files, which are read when their tables are loaded.</summary>
    public void Replace(IReadOnlyDictionary<TableName, RowFile> files)
    {
        foreach (var (name, file) in files)
        {
            if (file.Rows == 0)
                tables.Remove(name);
            else
                tables[name] = new(name, file);
        }
    }

    static bool MayDependOnOrder(StatementKind kind) => kind is not
        (StatementKind.Session or StatementKind.UseSchema or StatementKind.CreateSchema or StatementKind.DropSchema or StatementKind.DropTable or StatementKind.Drop);

    void AddRows(DumpStatement statement, RowSpool? spool)
    {
        var name = statement.On;
        if (!tables.TryGetValue(name, out var rows))
            tables.Add(name, rows = new(name));
        if (current is null)
            steps.Add(new(null, current = new(), statement.Location.File));
        var (path, start) = spool is not null
            ? (spool.Path, spool.Append(statement.Text.Span))
            : (statement.Location.File, statement.Location.Offset);
        rows.Add(path, start, statement.Text.Span, statement.Location, statement.Modes, current);
    }

    /// <summary>Whether its rows are kept in a spool.</summary>
    public static bool IsCompressed(string file)
    {
        using var raw = File.OpenRead(file);
        Span<byte> start = stackalloc byte[2];
        return GzipText.IsOne(start[..raw.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
    }
}
