using System.Buffers;
using System.Threading.Channels;
using Stillframe.Dumps;

namespace Stillframe.Loading;

/// <summary>A statement whose bytes are its own until <see cref="Dispose"/>.</summary>
sealed class QueuedStatement : IDisposable
{
    readonly byte[] rented;

    public QueuedStatement(DumpStatement statement)
    {
        rented = ArrayPool<byte>.Shared.Rent(statement.Text.Length);
        statement.Text.CopyTo(rented);
        Statement = statement with { Text = rented.AsMemory(0, statement.Text.Length) };
    }

    public DumpStatement Statement { get; }

    public void Dispose() => ArrayPool<byte>.Shared.Return(rented);
}

/// <summary>Reads ahead while the server works: at most a few statements, so memory stays bounded.</summary>
static class StatementQueue
{
    const int Ahead = 4;

    /// <summary>Each item must be disposed of. An error of the reader comes where its statement would have come.</summary>
    public static IAsyncEnumerable<QueuedStatement> ReadAsync(
        IReadOnlyList<string> files, DumpOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<QueuedStatement>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        _ = Task.Run(
            async () =>
            {
                try
                {
                    foreach (var statement in DumpReader.Read(files, options, reporter, cancellationToken))
                        if (statement.IsToBeRun)
                            await queue.Writer.WriteAsync(new(statement), cancellationToken);
                    queue.Writer.Complete();
                }
                catch (Exception e)
                {
                    queue.Writer.Complete(e);
                }
            },
            cancellationToken);
        return queue.Reader.ReadAllAsync(cancellationToken);
    }
}
