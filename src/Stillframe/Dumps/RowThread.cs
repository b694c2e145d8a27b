using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Stillframe.Dumps;

/// <summary>Takes statements with rows apart and hashes the rows, on a thread of its own, so that reading goes on meanwhile. To be fed from one thread.</summary>
internal sealed class RowThread : IDisposable
{
    const int BatchBytes = 1 << 18;
    const int Batches = 4; // more only takes memory

    readonly BlockingCollection<Batch> work = new(Batches);
    Batch batch = new(BatchBytes);
    Thread? thread;
    ExceptionDispatchInfo? failure;

    /// <summary>Copies the statement.</summary>
    public void Add(TableDigest table, DumpStatement statement, RowContext context)
    {
        var text = statement.Text.Span;
        if (!batch.Fits(text.Length))
            Flush(Math.Max(BatchBytes, text.Length));
        batch.Add(table, text, context);
    }

    /// <summary>Returns when all rows so far are in their tables' hashes.</summary>
    public void Drain(CancellationToken cancellationToken)
    {
        if (thread is null && batch.IsEmpty)
            return;
        using var done = new ManualResetEventSlim();
        batch.Done = done;
        Flush(BatchBytes);
        done.Wait(cancellationToken);
        failure?.Throw();
    }

    public void Dispose()
    {
        work.CompleteAdding();
        thread?.Join();
        batch.Return();
        work.Dispose();
    }

    void Flush(int next)
    {
        if (thread is null)
        {
            thread = new(Run) { IsBackground = true, Name = "Stillframe rows" };
            thread.Start();
        }

        work.Add(batch);
        batch = new(next);
    }

    void Run()
    {
        using var hashing = new HashBlock((hash, block, length) =>
        {
            hash.AppendData(block, 0, length);
            return block;
        });
        foreach (var batch in work.GetConsumingEnumerable())
        {
            try
            {
                if (failure is null)
                    batch.Digest(hashing);
                hashing.Flush();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }

            batch.Return();
            batch.Done?.Set();
        }
    }

    /// <summary>Statements of a few tables, one after the other in one buffer.</summary>
    sealed class Batch(int bytes)
    {
        readonly List<(TableDigest Table, int Start, int Length, RowContext Context)> statements = [];
        readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(bytes);
        int length;

        public ManualResetEventSlim? Done { get; set; }

        public bool IsEmpty => statements.Count == 0;

        public bool Fits(int length) => length <= buffer.Length - this.length;

        public void Add(TableDigest table, ReadOnlySpan<byte> text, RowContext context)
        {
            text.CopyTo(buffer.AsSpan(length));
            statements.Add((table, length, text.Length, context));
            length += text.Length;
        }

        public void Digest(HashBlock hashing)
        {
            foreach (var (table, start, length, context) in statements)
                table.Add(buffer.AsSpan(start, length), context, hashing);
        }

        public void Return() => ArrayPool<byte>.Shared.Return(buffer);
    }
}
