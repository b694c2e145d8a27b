using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;

namespace Stillframe.Dumps;

/// <summary>Hashes on a thread of its own, so that reading goes on meanwhile. To be fed from one thread.</summary>
internal sealed class HashThread : IDisposable
{
    const int Blocks = 8;

    readonly BlockingCollection<Work> _work = new(Blocks);
    readonly HashBlock _block;
    Thread? _thread;
    ExceptionDispatchInfo? _failure;

    public HashThread() => _block = new(Enqueue);

    public void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes) => _block.Append(hash, bytes);

    /// <summary>Returns when everything so far is in its hash, or throws what kept it from there.</summary>
    public void Drain(CancellationToken cancellationToken)
    {
        _block.Flush();
        if (_thread is null)
            return;
        using var done = new ManualResetEventSlim();
        _work.Add(new(null, [], 0, done), cancellationToken);
        done.Wait(cancellationToken);
        _failure?.Throw();
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread?.Join();
        _block.Dispose();
        _work.Dispose();
    }

    byte[] Enqueue(IncrementalHash hash, byte[] block, int length)
    {
        if (_thread is null)
        {
            _thread = new(Run) { IsBackground = true, Name = "Stillframe hashing" };
            _thread.Start();
        }

        _work.Add(new(hash, block, length, null));
        return ArrayPool<byte>.Shared.Rent(HashBlock.Size);
    }

    void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            try
            {
                if (_failure is null)
                    work.Hash?.AppendData(work.Block, 0, work.Length);
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e); // an exception that leaves a thread ends the process
            }

            if (work.Block.Length > 0)
                ArrayPool<byte>.Shared.Return(work.Block);
            work.Done?.Set();
        }
    }

    readonly record struct Work(IncrementalHash? Hash, byte[] Block, int Length, ManualResetEventSlim? Done);
}
