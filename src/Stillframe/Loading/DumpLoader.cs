using Stillframe.Dumps;
using Stillframe.Masking;

namespace Stillframe.Loading;

/// <summary>Runs the statements of dumps and scripts, in order, on one connection a file.</summary>
static class DumpLoader
{
    /// <param name="masks">Of the dump's rows; null for scripts, whose rows are not the master's.</param>
    public static async Task LoadAsync(
        LoadSession session, IReadOnlyList<string> files, DumpOptions options, LoadProgress? progress, CancellationToken cancellationToken, DumpMasks? masks = null)
    {
        using var masker = new StatementMasker(masks ?? DumpMasks.None);
        // an early end must stop the reader, which would wait for room in the queue for ever
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var file = new FileSession(session, options.ReadBefore);
        try
        {
            // the reader reported everything when the dump was inspected
            await foreach (var queued in StatementQueue.ReadAsync(files, options, SilentReporter.Instance, stop.Token))
            {
                using (queued)
                {
                    var statement = queued.Statement;
                    await file.EnterAsync(statement, cancellationToken);
                    await session.ExecuteAsync(Prepared(statement with { Text = masker.Apply(statement) }), statement.Location, cancellationToken);
                    if (statement.Kind == StatementKind.Rows)
                        progress?.Rows(statement.On, statement.Text.Length);
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    /// <summary>The authors of views and routines have no account in a frame.</summary>
    public static ReadOnlyMemory<byte> Prepared(DumpStatement statement) => statement.Kind switch
    {
        StatementKind.View or StatementKind.ViewPlaceholder or StatementKind.Trigger or StatementKind.Routine or StatementKind.Event =>
            DefinerClause.Replace(statement.Text, FrameAccounts.DefinerClause, statement.Modes),
        _ => statement.Text,
    };
}
