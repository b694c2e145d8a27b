using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Stillframe.Oci;

namespace Stillframe.Dumps;

/// <summary>Takes statements with rows apart and hashes the rows, on a thread of its own, so that reading goes on meanwhile. To be fed from one thread.</summary>
internal sealed class RowThread : IDisposable
{
    const int BatchBytes = 1 << 18;
    const int Batches = 4; // more only takes memory

    readonly BlockingCollection<Batch> _work = new(Batches);
    Batch _batch = new(BatchBytes);
    Thread? _thread;
    ExceptionDispatchInfo? _failure;

    /// <summary>Copies the statement.</summary>
    public void Add(TableDigest table, DumpStatement statement, RowContext context)
    {
        var text = statement.Text.Span;
        if (!_batch.Fits(text.Length))
            Flush(Math.Max(BatchBytes, text.Length));
        _batch.Add(table, text, context);
    }

    /// <summary>Returns when all rows so far are in their tables' hashes.</summary>
    public void Drain(CancellationToken cancellationToken)
    {
        if (_thread is null && _batch.IsEmpty)
            return;
        using var done = new ManualResetEventSlim();
        _batch.Done = done;
        Flush(BatchBytes);
        done.Wait(cancellationToken);
        _failure?.Throw();
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread?.Join();
        _batch.Return();
        _work.Dispose();
    }

    void Flush(int next)
    {
        if (_thread is null)
        {
            _thread = new(Run) { IsBackground = true, Name = "Stillframe rows" };
            _thread.Start();
        }

        _work.Add(_batch);
        _batch = new(next);
    }

    void Run()
    {
        using var hashing = new HashBlock((hash, block, length) =>
        {
            hash.AppendData(block, 0, length);
            return block;
        });
        foreach (var batch in _work.GetConsumingEnumerable())
        {
            try
            {
                if (_failure is null)
                    batch.Digest(hashing);
                hashing.Flush();
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            batch.Return();
            batch.Done?.Set();
        }
    }

    /// <summary>Statements of a few tables, one after the other in one buffer.</summary>
    sealed class Batch(int bytes)
    {
        readonly List<(TableDigest Table, int Start, int Length, RowContext Context)> _statements = [];
        readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(bytes);
        int _length;

        public ManualResetEventSlim? Done { get; set; }

        public bool IsEmpty => _statements.Count == 0;

        public bool Fits(int length) => length <= _buffer.Length - _length;

        public void Add(TableDigest table, ReadOnlySpan<byte> text, RowContext context)
        {
            text.CopyTo(_buffer.AsSpan(_length));
            _statements.Add((table, _length, text.Length, context));
            _length += text.Length;
        }

        public void Digest(HashBlock hashing)
        {
            foreach (var (table, start, length, context) in _statements)
                table.Add(_buffer.AsSpan(start, length), context, hashing);
        }

        public void Return() => ArrayPool<byte>.Shared.Return(_buffer);
    }
}
