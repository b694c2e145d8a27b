using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Loading;

/// <summary>Runs the statements of dumps and scripts, in order, on one connection a file.</summary>
static class DumpLoader
{
    public static async Task LoadAsync(
        LoadSession session, IReadOnlyList<string> files, DumpOptions options, LoadProgress? progress, CancellationToken cancellationToken)
    {
        // an early end must stop the reader, which would wait for room in the queue for ever
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        string? file = null, schema = null;
        try
        {
            // what the reader has to say was said when the dump was inspected
            await foreach (var queued in StatementQueue.ReadAsync(files, options, SilentReporter.Instance, stop.Token))
            {
                using (queued)
                {
                    var statement = queued.Statement;
                    if (statement.Location.File != file)
                    {
                        (file, schema) = (statement.Location.File, null);
                        await session.ReconnectAsync(cancellationToken);
                    }

                    if (statement is { InDefaultSchema: true, Schema: { } named } && schema != named)
                    {
                        schema = named;
                        await EnterAsync(session, schema, cancellationToken);
                    }

                    await session.ExecuteAsync(Prepared(statement), statement.Location, cancellationToken);
                    if (statement.Kind == StatementKind.Rows)
                        progress?.Rows(statement.Table, statement.Text.Length);
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    static async Task EnterAsync(LoadSession session, string schema, CancellationToken cancellationToken)
    {
        await session.RunAsync(async connection =>
        {
            await connection.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Sql.Identifier(schema)}", cancellationToken);
            await connection.ExecuteAsync($"USE {Sql.Identifier(schema)}", cancellationToken);
            return true;
        });
    }

    /// <summary>The authors of views and routines have no account in a frame.</summary>
    static ReadOnlyMemory<byte> Prepared(DumpStatement statement) => statement.Kind switch
    {
        StatementKind.View or StatementKind.ViewPlaceholder or StatementKind.Trigger or StatementKind.Routine or StatementKind.Event =>
            DefinerClause.Replace(statement.Text, FrameAccounts.DefinerClause, statement.Modes),
        _ => statement.Text,
    };
}
