using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;

namespace Stillframe.Deriving;

/// <summary>
/// Runs scripts in a server that has the tables that they name and no others: whatever else they would read or write is an error, not a different frame. What they leave are rows of these
/// tables, and nothing besides.
/// </summary>
/// <param name="named">The tables that scripts name.</param>
sealed class ScriptRun(DerivationRequest request, IReadOnlySet<TableName> named, IReadOnlyList<ForeignKey> keys, IReporter reporter)
{
    static readonly string[] RowVerbs = ["UPDATE", "DELETE", "INSERT", "REPLACE", "WITH", "SELECT", "DO", "SET", "TRUNCATE", "ANALYZE", "OPTIMIZE", "CHECK", "CHECKSUM", "CALL"];

    /// <summary>By the server's numbers: a table that is not there, a parent that is not there.</summary>
    static readonly int[] Missing = [1146, 1216, 1452];

    /// <param name="builder">Stays connected.</param>
    /// <param name="author">For the dump's and the scripts' statements.</param>
    /// <param name="tables">All of the dump.</param>
    /// <exception cref="StillframeException">SF1031, SF2007; SF1xxx of the reader.</exception>
    public async Task RunAsync(LoadSession builder, LoadSession author, IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        foreach (var script in request.Dumps.Scripts)
            RequireRowsAlone(script, cancellationToken);
        var kept = new KeptKeys(builder, [.. keys.Where(key => named.Contains(key.Parent) && !named.Contains(key.Child))]);
        await kept.NoteAsync(cancellationToken);
        await builder.ExecuteAsync("SET foreign_key_checks = 0", cancellationToken);
        foreach (var table in tables.Where(table => !named.Contains(table)))
            await builder.ExecuteAsync($"DROP TABLE IF EXISTS {Sql.Table(table)}", cancellationToken);
        await new ScriptSession(author).FinishAsync(request.Script.With(_ => false, IsNeeded), cancellationToken);

        var before = await InventoryAsync(builder, cancellationToken);
        foreach (var script in request.Dumps.Scripts)
        {
            reporter.Message(Importance.Normal, $"Running {script}");
            await RunAsync(author, script, cancellationToken);
        }

        if ((await InventoryAsync(builder, cancellationToken)).Except(before).FirstOrDefault() is { } changed)
            throw More($"A script made or changed {changed}.");
        if (await kept.LostAsync(cancellationToken) is { } lost)
            throw More($"A script took away rows of {lost.Parent}, or changed their key, to which {lost.Child} refers by {lost.Name}: the server would have looked there, too. Name {lost.Child} in Tables.");
    }

    async Task RunAsync(LoadSession author, string script, CancellationToken cancellationToken)
    {
        try
        {
            await DumpLoader.LoadAsync(author, [script], request.Dumps.ScriptOptions, null, cancellationToken);
        }
        catch (StillframeException e) when (e is { Code: ErrorCodes.StatementFailed, InnerException: ServerException refused } && Missing.Contains(refused.Number))
        {
            throw new StillframeException(
                ErrorCodes.ScriptTouchesMore,
                $"{e.Message} DatabaseScript with Tables sees the tables that it names, and no others: {string.Join(", ", named.Order())}. Name what it reads or writes besides.",
                e.Location,
                e);
        }
    }

    bool IsNeeded(LaterStatement later) => later.OnlyContext || later.Statement.Kind == StatementKind.Routine
        || (later.Statement.Kind == StatementKind.Trigger && TriggerStatement.Table(later.Statement) is { Name: not null } on && named.Contains(later.Statement.Named(on)));

    /// <exception cref="StillframeException">SF1031.</exception>
    void RequireRowsAlone(string script, CancellationToken cancellationToken)
    {
        foreach (var statement in DumpReader.Read([script], request.Dumps.ScriptOptions, SilentReporter.Instance, cancellationToken))
        {
            if (statement.IsToBeRun && !IsOfRows(statement))
                throw More("DatabaseScript with Tables may change rows, and nothing else.", statement.Location);
        }
    }

    static bool IsOfRows(DumpStatement statement)
    {
        if (statement.Kind is StatementKind.Rows or StatementKind.Session or StatementKind.UseSchema or StatementKind.Transaction or StatementKind.LockTables or StatementKind.KeysToggle)
            return true;
        var head = new StatementHead(statement.Text.Span, statement.Modes);
        return statement.Kind == StatementKind.Other && (RowVerbs.Contains(head.Verb) || (head.Verb is "CREATE" or "DROP" && head.IsTemporary));
    }

    /// <summary>Everything there is, and how tables are defined: a procedure may have made anything.</summary>
    static async Task<HashSet<string>> InventoryAsync(LoadSession builder, CancellationToken cancellationToken) => await builder.RunAsync(async connection =>
    {
        var inventory = (await connection.QueryAsync(
            $"""
            SELECT CONCAT_WS(' ', table_type, table_schema, table_name) FROM information_schema.tables WHERE table_schema NOT IN ({ReservedSchemas.List})
            UNION ALL SELECT CONCAT_WS(' ', routine_type, routine_schema, routine_name, SHA2(routine_definition, 256)) FROM information_schema.routines WHERE routine_schema NOT IN ({ReservedSchemas.List})
            UNION ALL SELECT CONCAT_WS(' ', 'TRIGGER', trigger_schema, trigger_name, SHA2(action_statement, 256)) FROM information_schema.triggers WHERE trigger_schema NOT IN ({ReservedSchemas.List})
            UNION ALL SELECT CONCAT_WS(' ', 'EVENT', event_schema, event_name) FROM information_schema.events WHERE event_schema NOT IN ({ReservedSchemas.List})
            UNION ALL SELECT CONCAT_WS(' ', 'COLUMN', table_schema, table_name, column_name, column_type, is_nullable, column_default, extra, collation_name) FROM information_schema.columns WHERE table_schema NOT IN ({ReservedSchemas.List})
            UNION ALL SELECT CONCAT_WS(' ', 'KEY', table_schema, table_name, index_name, seq_in_index, column_name, non_unique) FROM information_schema.statistics WHERE table_schema NOT IN ({ReservedSchemas.List})
            """,
            cancellationToken)).Select(row => row[0]!).ToHashSet(StringComparer.Ordinal);
        return inventory;
    });

    static StillframeException More(string what, SourceLocation? location = null) => new(
        ErrorCodes.ScriptTouchesMore, $"{what} Without Tables, the script may touch anything, and the frame is loaded as a whole.", location);
}
