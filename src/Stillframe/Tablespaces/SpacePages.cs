using Microsoft.Win32.SafeHandles;
using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tablespaces;

/// <summary>The pages of a tablespace that is being written: those that may still change are in memory, the others in the file.</summary>
sealed class SpacePages(SafeFileHandle file)
{
    readonly Dictionary<uint, byte[]> pages = [];
    readonly Stack<byte[]> spare = [];
    uint space;

    /// <summary>Takes the pages of the empty table.</summary>
    public void Begin(ReadOnlySpan<byte> pristine)
    {
        for (var start = 0; start + PageLayout.Size <= pristine.Length; start += PageLayout.Size)
        {
            if (pristine.Slice(start, PageLayout.Size).ContainsAnyExcept((byte)0))
                pages.Add((uint)(start / PageLayout.Size), pristine.Slice(start, PageLayout.Size).ToArray());
        }

        space = InnoDbPage.Space(pages[0]);
    }

    public byte[] this[uint number] => pages[number];

    /// <summary>A page with nothing but its number, to be written when it is released or at the end.</summary>
    public byte[] Add(uint number)
    {
        var page = spare.TryPop(out var free) ? free : new byte[PageLayout.Size];
        page.AsSpan().Clear();
        WriteUInt32BigEndian(page.AsSpan(PageLayout.Number), number);
        WriteUInt32BigEndian(page.AsSpan(PageLayout.Space), space);
        pages.Add(number, page);
        return page;
    }

    /// <summary>Nothing of a page is to be in the file.</summary>
    public void Drop(uint number)
    {
        if (pages.Remove(number, out var page))
            spare.Push(page);
    }

    /// <summary>Writes a page that no longer changes.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Release(uint number)
    {
        if (!pages.Remove(number, out var page))
            return;
        Write(number, page);
        spare.Push(page);
    }

    /// <summary>Writes what is left, and gives the file its length.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Finish()
    {
        var length = (long)ReadUInt32BigEndian(pages[0].AsSpan(PageLayout.SpaceSize)) * PageLayout.Size;
        foreach (var (number, page) in pages)
            Write(number, page);
        pages.Clear();
        RandomAccess.SetLength(file, length);
    }

    void Write(uint number, byte[] page)
    {
        InnoDbPage.Seal(page, isOfMySql: false);
        RandomAccess.Write(file, page, (long)number * PageLayout.Size);
    }
}
