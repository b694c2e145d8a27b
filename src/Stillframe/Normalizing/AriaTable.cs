namespace Stillframe.Normalizing;

/// <summary>
/// Makes an Aria table of equal content equal in bytes, and free of the transaction log that it was written under, so that it opens under any:
/// what <c>aria_chk --zerofill</c> does (maria_zerofill in ma_check.c), and the times and names that this leaves. The server must be stopped.
/// </summary>
static class AriaTable
{
    /// <param name="indexFile">The table's <c>.MAI</c>; its <c>.MAD</c> lies beside it.</param>
    /// <exception cref="StillframeException">SF2010: a file is not what it should be.</exception>
    public static Normalization Normalize(string indexFile, CancellationToken cancellationToken)
    {
        var index = File.ReadAllBytes(indexFile);
        if (AriaHeader.Read(index) is not { } header)
            return new("not an Aria table");
        if (header.IsEncrypted)
            return new("encrypted");
        try
        {
            AriaHeader.ForgetOrigin(index);
            for (var at = header.KeyStart; at + header.BlockSize <= Math.Min(header.KeyFileLength, index.Length); at += header.BlockSize)
                AriaKeyPage.Normalize(index.AsSpan((int)at, header.BlockSize), at / header.BlockSize, header);
            if (header.HasRowBlocks)
                Data(Path.ChangeExtension(indexFile, ".MAD"), header, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new StillframeException(
                ErrorCodes.FreezeFailed, $"The Aria table '{indexFile}' is damaged or of a format that is not known: {e.Message}.", innerException: e);
        }

        File.WriteAllBytes(indexFile, index);
        return Normalization.Complete;
    }

    static void Data(string path, AriaHeader header, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        // three bits a page, in units of 6 bytes (16 pages); the bitmap page itself is one more (ma_bitmap.c, _ma_bitmap_init)
        var pagesCovered = (header.BlockSize - 4) / 6 * 16 + 1;
        var page = new byte[header.BlockSize];
        var length = Math.Min(header.DataFileLength, RandomAccess.GetLength(file));
        for (long number = 1; (number + 1) * page.Length <= length; number++)
        {
            if (number % pagesCovered == 0)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            RandomAccess.Read(file, page, number * page.Length);
            var before = page.AsSpan().ToArray();
            AriaDataPage.Normalize(page, number, header);
            if (!page.AsSpan().SequenceEqual(before))
                RandomAccess.Write(file, page, number * page.Length);
        }
    }
}
