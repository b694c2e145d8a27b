namespace Stillframe.Normalizing;

/// <summary>What became of a file.</summary>
/// <param name="LeftAlone">Why it, or part of it, is as the server wrote it; null where it is wholly normalised.</param>
sealed record Normalization(string? LeftAlone)
{
    public static Normalization Complete { get; } = new((string?)null);
}

/// <summary>
/// Makes tablespaces of equal content equal in bytes: docs/why-normalise-pages.md. The server must be stopped (or the table flushed for export),
/// with no history left to purge. Works page by page in file order, so that a table larger than memory is no matter.
/// </summary>
sealed class InnoDbPages
{
    const int ClusteredRoot = 3;

    const uint SystemSpace = 0;

    readonly TablespaceFormat format;
    readonly DataDictionary dictionary;
    readonly ExtentMap extents;
    uint space;
    ulong clusteredIndex;
    bool instant;
    string? leftAlone;
    DoublewriteBuffer doublewrite = DoublewriteBuffer.None;

    internal InnoDbPages(TablespaceFormat format, DataDictionary dictionary)
    {
        (this.format, this.dictionary) = (format, dictionary);
        extents = new(format.PageSize, format.ExtentPages);
    }

    internal Normalization Result => new(leftAlone);

    internal int PageSize => format.PageSize;

    /// <summary>Normalises the file in place; writes only the blocks that change.</summary>
    /// <exception cref="IOException">The file can't be read or written.</exception>
    internal static Normalization Normalize(string path, DataDictionary dictionary, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> header = stackalloc byte[TablespaceFormat.HeaderBytes];
        if (RandomAccess.Read(file, header, 0) < header.Length)
            return new("cut off");
        var format = TablespaceFormat.Read(header);
        if (format.Unsupported is { } reason)
            return new(reason);
        var pages = new InnoDbPages(format, dictionary);
        var before = new byte[1 << 20];
        var buffer = new byte[1 << 20];
        var length = RandomAccess.GetLength(file) / format.PageSize * format.PageSize;
        for (long offset = 0; offset < length; offset += buffer.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var block = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - offset));
            for (var read = 0; read < block.Length;)
                read += RandomAccess.Read(file, block[read..], offset + read);
            block.CopyTo(before);
            pages.Normalize(block, offset / format.PageSize);
            if (!block.SequenceEqual(before.AsSpan(0, block.Length)))
                RandomAccess.Write(file, block, offset);
        }

        return pages.Result;
    }

    /// <summary>Normalises pages that follow each other; to be called for every page of a file, in order.</summary>
    internal void Normalize(Span<byte> pages, long first)
    {
        for (var start = 0; start + format.PageSize <= pages.Length; start += format.PageSize)
            Page(pages.Slice(start, format.PageSize), first + start / format.PageSize);
    }

    void Page(Span<byte> page, long number)
    {
        if (extents.IsDescriptorPage(number))
            extents.Read(number, page);
        else if (extents.IsFree(number) || doublewrite.Contains(number))
            page.Clear();
        if (!page.ContainsAnyExcept((byte)0))
            return;
        if (format is { IsCompressed: true, IsSelfDescribing: false } ? CompressedPage.IsEncrypted(page) : InnoDbPage.IsEncrypted(page, format.IsSelfDescribing))
        {
            leftAlone ??= "encrypted pages";
            return;
        }

        if (number == 0)
            space = InnoDbPage.Space(page);
        var type = InnoDbPage.Type(page);
        if (space == SystemSpace && number == RollbackSegments.SystemPage)
            doublewrite = DoublewriteBuffer.Of(page);
        if (number == (format.IsSelfDescribing ? SerializedTables.ClusteredRoot : ClusteredRoot) && type is InnoDbPage.Index or InnoDbPage.InstantRoot)
            (clusteredIndex, instant) = (InnoDbPage.IndexId(page), type == InnoDbPage.InstantRoot);
        if (type is InnoDbPage.Index or InnoDbPage.SpatialIndex or InnoDbPage.InstantRoot)
            IndexPage(page, InnoDbPage.IndexId(page), type);
        else if (type == InnoDbPage.Description)
            Description(page);
        else if (ValuePage.IsOne(type))
            Value(page);
        else if (ValuePage.IsCompressed(type))
            leftAlone ??= "values outside of compressed rows";
        else if (dictionary.RollbackSegments.Contains((space, number)))
            RollbackSegments.SetNextTransaction(page);
        if (format.IsCompressed)
            CompressedPage.Seal(page);
        else
            InnoDbPage.Seal(page, format.IsSelfDescribing);
    }

    void Value(Span<byte> page)
    {
        if (format.PageSize == PageLayout.Size)
            ValuePage.ForgetTransactions(page);
        else
            leftAlone ??= "values outside of rows, in pages other than 16 KiB";
    }

    void Description(Span<byte> page)
    {
        if (InnoDbPage.IsLeaf(page) && !(format.IsCompressed ? CompressedPage.ForgetTransactions(page) : ClusteredRows.ForgetTransactions(page, SerializedDictionary.Key)))
            leftAlone ??= "its description of itself (rows of an unexpected layout)";
    }

    void IndexPage(Span<byte> page, ulong index, ushort type)
    {
        if (space == SystemSpace && type == InnoDbPage.Index && !DictionaryPage.Tidy(page))
            leftAlone ??= "a page of the data dictionary (rows of an unexpected layout)";
        if (!InnoDbPage.IsLeaf(page))
        {
            if (type == InnoDbPage.SpatialIndex)
                leftAlone ??= "the tree of a spatial index (a server builds another each time)";
            return;
        }

        var key = dictionary[index];
        if (key is null && index != clusteredIndex)
            InnoDbPage.ForgetLastTransaction(page);
        else if (key is null && !format.IsCompressed)
            leftAlone ??= "transaction ids (the data dictionary does not know the table)";
        else if (instant && key is { IsFixed: false })
            leftAlone ??= "transaction ids (a key of variable length, and columns added or dropped in place)";
        else if (!(format.IsCompressed ? CompressedPage.ForgetTransactions(page) : ClusteredRows.ForgetTransactions(page, key!)))
            leftAlone ??= "transaction ids (rows of an unexpected layout)";
    }
}
