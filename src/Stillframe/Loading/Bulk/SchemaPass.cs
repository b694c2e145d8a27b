using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>
/// The first reading of a dump: makes its tables, notes where their rows are and in what session they stand, and keeps what comes after them.
/// </summary>
sealed class SchemaPass(LoadSession session, string product, RowSpool spool)
{
    readonly Dictionary<(string, string), TableRows> tables = [];
    readonly StatementTiming timing = new();
    readonly FileSession files = new(session);
    SessionSnapshot? fresh, current;
    bool compressed;

    /// <summary>In the order of their first rows.</summary>
    public IReadOnlyCollection<TableRows> Tables => tables.Values;

    public List<LaterStatement> Later { get; } = [];

    /// <exception cref="OrderMattersException">Only the dump's own order of statements will do.</exception>
    public async Task RunAsync(IReadOnlyList<string> dumps, DumpOptions options, CancellationToken cancellationToken)
    {
        foreach (var statement in DumpReader.Read(dumps, options, SilentReporter.Instance, cancellationToken))
        {
            if (!statement.IsToBeRun)
                continue;
            if (await files.EnterAsync(statement, cancellationToken))
            {
                compressed = IsCompressed(statement.Location.File);
                current = fresh = await SnapshotAsync(null, cancellationToken);
            }

            if (statement.Kind == StatementKind.Rows)
                await AddRowsAsync(statement, cancellationToken);
            else
                await RunAsync(statement, cancellationToken);
        }

        spool.Finish();
    }

    async Task RunAsync(DumpStatement statement, CancellationToken cancellationToken)
    {
        var when = timing.Of(statement);
        if (when is Timing.AfterRows or Timing.Both)
            Later.Add(LaterStatement.Of(statement, onlyContext: when == Timing.Both));
        if (when is not (Timing.BeforeRows or Timing.Both))
            return;
        await session.ExecuteAsync(statement.Text, statement.Location, cancellationToken);
        if (statement.Kind == StatementKind.Session)
            current = null;
    }

    async Task AddRowsAsync(DumpStatement statement, CancellationToken cancellationToken)
    {
        timing.SawRows(statement);
        var key = (statement.Schema ?? "", statement.Table ?? "");
        if (!tables.TryGetValue(key, out var rows))
            tables.Add(key, rows = new(key.Item1, key.Item2));
        current ??= await SnapshotAsync(fresh, cancellationToken);
        // one object for what is the same, which segments compare
        if (rows.Segments is [.., var last] && !ReferenceEquals(last.Session, current) && last.Session == current)
            current = last.Session;
        var (path, start) = compressed
            ? (spool.Path, spool.Append(statement.Text.Span))
            : (statement.Location.File, statement.Location.Offset);
        rows.Add(path, start, statement.Text.Length, statement.Location, statement.Modes, current);
    }

    Task<SessionSnapshot> SnapshotAsync(SessionSnapshot? first, CancellationToken cancellationToken) =>
        session.RunAsync(connection => SessionSnapshot.TakeAsync(connection, product, first, cancellationToken));

    static bool IsCompressed(string file)
    {
        using var raw = File.OpenRead(file);
        return raw.ReadByte() == 0x1F && raw.ReadByte() == 0x8B;
    }
}
