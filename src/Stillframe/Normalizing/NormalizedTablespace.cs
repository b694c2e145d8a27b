namespace Stillframe.Normalizing;

/// <summary>A tablespace as it comes from a server that holds it still, normalised page by page on the way: no copy of it is needed.</summary>
sealed class NormalizedTablespace : AsyncReadOnlyStream
{
    const int BlockSize = 1 << 20;

    readonly Stream content;
    readonly DataDictionary dictionary;
    readonly byte[] block = new byte[BlockSize];
    InnoDbPages? pages;
    string? unsupported;
    long next;
    int length, position;
    bool started;

    internal NormalizedTablespace(Stream content, DataDictionary dictionary) => (this.content, this.dictionary) = (content, dictionary);

    /// <summary>To be asked when all was read.</summary>
    public Normalization Result => unsupported is not null ? new(unsupported) : pages?.Result ?? Normalization.Complete;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position == length && !await FillAsync(cancellationToken))
            return 0;
        var count = Math.Min(buffer.Length, length - position);
        block.AsMemory(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        (position, length) = (0, await content.ReadAtLeastAsync(block, BlockSize, throwOnEndOfStream: false, cancellationToken));
        if (!started)
            Start();
        started = true;
        pages?.Normalize(block.AsSpan(0, length), next);
        if (pages is not null)
            next += length / pages.PageSize;
        return length > 0;
    }

    void Start()
    {
        if (length < TablespaceFormat.HeaderBytes)
        {
            unsupported = "cut off";
            return;
        }

        var format = TablespaceFormat.Read(block);
        unsupported = format.Unsupported;
        if (unsupported is null)
            pages = new(format, dictionary);
    }
}
