using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>Runs what a dump does besides bringing rows, in the session that the dump makes for itself.</summary>
sealed class ScriptSession(LoadSession session)
{
    static readonly StatementKind[] Context = [StatementKind.Session, StatementKind.UseSchema];

    readonly FileSession files = new(session);

    /// <summary>All that comes before the rows, in the dump's order.</summary>
    /// <exception cref="StillframeException">SF2007.</exception>
    public Task RunAsync(DumpScript script, CancellationToken cancellationToken) => RunAsync(script, _ => true, cancellationToken);

    /// <summary>As <see cref="RunAsync(DumpScript, CancellationToken)"/>, for rows that are to be loaded in another order than the dump's.</summary>
    /// <exception cref="OrderMattersException">The server refuses a statement.</exception>
    public async Task MakeTablesAsync(DumpScript script, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(script, cancellationToken);
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.StatementFailed)
        {
            // perhaps it needs what was put off
            throw OrderMattersException.Of(e);
        }
    }

    /// <summary>The session alone, where the tables are there already: notes what rows depend on.</summary>
    public Task RunContextAsync(DumpScript script, CancellationToken cancellationToken) => RunAsync(script, Context.Contains, cancellationToken);

    /// <summary>First all that makes no table, then the tables in an order of their own.</summary>
    /// <param name="inOrder">The tables, each before those that come after it; more may be done in between.</param>
    public async Task RunInOrderAsync(DumpScript script, IEnumerable<Func<Func<ScriptStep, Task>, Task>> inOrder, CancellationToken cancellationToken)
    {
        await RunAsync(script, kind => kind != StatementKind.CreateTable, cancellationToken);
        SessionSnapshot? current = null;
        string? schema = null;
        foreach (var next in inOrder)
            await next(CreateAsync);

        async Task CreateAsync(ScriptStep step)
        {
            var (statement, snapshot) = (step.Statement!, step.Point!.Snapshot);
            if (current != snapshot || schema != statement.Schema)
            {
                (current, schema) = (snapshot, statement.Schema);
                await session.ReconnectAsync(SessionOf.Author, cancellationToken);
                await snapshot.EnterAsync(session, schema!, cancellationToken);
            }

            await session.ExecuteAsync(statement.Text, statement.Location, cancellationToken);
        }
    }

    /// <summary>All that comes after the rows.</summary>
    public async Task FinishAsync(DumpScript script, CancellationToken cancellationToken)
    {
        foreach (var file in script.Later.GroupBy(later => later.Statement.Location.File))
        {
            if (file.All(later => later.OnlyContext))
                continue;
            var entering = new FileSession(session); // the file's second session
            foreach (var (statement, _) in file)
            {
                await entering.EnterAsync(statement, cancellationToken);
                await session.ExecuteAsync(DumpLoader.Prepared(statement), statement.Location, cancellationToken);
            }
        }
    }

    async Task RunAsync(DumpScript script, Func<StatementKind, bool> isRun, CancellationToken cancellationToken)
    {
        SessionSnapshot? fresh = null;
        foreach (var step in script.Steps)
        {
            var isNew = step.Statement is { } entering ? await files.EnterAsync(entering, cancellationToken) : await files.EnterAsync(step.File, cancellationToken);
            if (isNew || fresh is null)
                fresh = await SnapshotAsync(null, cancellationToken);
            if (step.Point is { } point)
                point.Snapshot = await SnapshotAsync(fresh, cancellationToken);
            if (step.Statement is { } statement && isRun(statement.Kind))
                await session.ExecuteAsync(statement.Text, statement.Location, cancellationToken);
        }
    }

    Task<SessionSnapshot> SnapshotAsync(SessionSnapshot? first, CancellationToken cancellationToken) =>
        session.RunAsync(connection => SessionSnapshot.TakeAsync(connection, session.Product, first, cancellationToken));
}
