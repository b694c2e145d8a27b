using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Stillframe.Dumps;

/// <summary>Hashes on a thread of its own, so that reading goes on meanwhile. To be fed from one thread.</summary>
internal sealed class HashThread : IDisposable
{
    const int BlockSize = 1 << 18;
    const int Blocks = 8;

    readonly BlockingCollection<Work> _work = new(Blocks);
    Thread? _thread;
    IncrementalHash? _hash;
    byte[] _block = ArrayPool<byte>.Shared.Rent(BlockSize);
    int _length;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        if (!ReferenceEquals(hash, _hash))
            Flush();
        _hash = hash;
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, BlockSize - _length);
            bytes[..count].CopyTo(_block.AsSpan(_length));
            _length += count;
            bytes = bytes[count..];
            if (_length == BlockSize)
                Flush();
        }
    }

    /// <summary>Returns when everything so far is in its hash.</summary>
    public void Drain(CancellationToken cancellationToken)
    {
        Flush();
        if (_thread is null)
            return;
        using var done = new ManualResetEventSlim();
        _work.Add(new(null, [], 0, done), cancellationToken);
        done.Wait(cancellationToken);
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread?.Join();
        ArrayPool<byte>.Shared.Return(_block);
        _work.Dispose();
    }

    void Flush()
    {
        if (_length == 0)
            return;
        Start();
        _work.Add(new(_hash, _block, _length, null));
        _block = ArrayPool<byte>.Shared.Rent(BlockSize);
        _length = 0;
    }

    void Start()
    {
        if (_thread is not null)
            return;
        _thread = new(Run) { IsBackground = true, Name = "Stillframe hashing" };
        _thread.Start();
    }

    void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work.Hash?.AppendData(work.Block, 0, work.Length);
            if (work.Block.Length > 0)
                ArrayPool<byte>.Shared.Return(work.Block);
            work.Done?.Set();
        }
    }

    readonly record struct Work(IncrementalHash? Hash, byte[] Block, int Length, ManualResetEventSlim? Done);
}
