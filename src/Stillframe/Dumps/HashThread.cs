using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;

namespace Stillframe.Dumps;

/// <summary>Hashes on a thread of its own, so that reading goes on meanwhile. To be fed from one thread.</summary>
internal sealed class HashThread : IDisposable
{
    const int Blocks = 8;

    readonly BlockingCollection<Work> work = new(Blocks);
    readonly HashBlock block;
    Thread? thread;
    ExceptionDispatchInfo? failure;

    public HashThread() => block = new(Enqueue);

    public void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes) => block.Append(hash, bytes);

    /// <summary>Returns when everything so far is in its hash, or throws what kept it from there.</summary>
    public void Drain(CancellationToken cancellationToken)
    {
        block.Flush();
        if (thread is null)
            return;
        using var done = new ManualResetEventSlim();
        work.Add(new(null, [], 0, done), cancellationToken);
        done.Wait(cancellationToken);
        failure?.Throw();
    }

    public void Dispose()
    {
        work.CompleteAdding();
        thread?.Join();
        block.Dispose();
        work.Dispose();
    }

    byte[] Enqueue(IncrementalHash hash, byte[] block, int length)
    {
        if (thread is null)
        {
            thread = new(Run) { IsBackground = true, Name = "Stillframe hashing" };
            thread.Start();
        }

        work.Add(new(hash, block, length, null));
        return ArrayPool<byte>.Shared.Rent(HashBlock.Size);
    }

    void Run()
    {
        foreach (var work in work.GetConsumingEnumerable())
        {
            try
            {
                if (failure is null)
                    work.Hash?.AppendData(work.Block, 0, work.Length);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e); // an exception that leaves a thread ends the process
            }

            if (work.Block.Length > 0)
                ArrayPool<byte>.Shared.Return(work.Block);
            work.Done?.Set();
        }
    }

    readonly record struct Work(IncrementalHash? Hash, byte[] Block, int Length, ManualResetEventSlim? Done);
}
