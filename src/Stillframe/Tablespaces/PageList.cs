using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tablespaces;

/// <summary>A place in a tablespace.</summary>
/// <param name="At">Bytes from the page's beginning.</param>
readonly record struct Place(uint Page, int At)
{
    public const int Bytes = 6;

    public static Place None { get; } = new(PageLayout.NoPage, 0);

    public static Place Read(ReadOnlySpan<byte> from) => new(ReadUInt32BigEndian(from), ReadUInt16BigEndian(from[4..]));

    public void Write(Span<byte> to)
    {
        WriteUInt32BigEndian(to, Page);
        WriteUInt16BigEndian(to[4..], (ushort)At);
    }
}

/// <summary>A list with places of its nodes on any pages (fut0lst.h): its length, its first and its last; in each node the one before and the one behind.</summary>
/// <param name="head">Of the list.</param>
readonly struct PageList(SpacePages pages, Place head)
{
    const int First = 4, Last = First + Place.Bytes, Behind = Place.Bytes;

    public int Count => (int)ReadUInt32BigEndian(At(head, 0));

    public Place FirstNode => Place.Read(At(head, First));

    public void AddLast(Place node)
    {
        var last = Place.Read(At(head, Last));
        var isFirst = Count == 0;
        (isFirst ? Place.None : last).Write(At(node, 0));
        Place.None.Write(At(node, Behind));
        node.Write(isFirst ? At(head, First) : At(last, Behind));
        node.Write(At(head, Last));
        SetCount(Count + 1);
    }

    /// <summary>The node keeps what it had.</summary>
    public void Remove(Place node)
    {
        var (before, behind) = (Place.Read(At(node, 0)), Place.Read(At(node, Behind)));
        behind.Write(before == Place.None ? At(head, First) : At(before, Behind));
        before.Write(behind == Place.None ? At(head, Last) : At(behind, 0));
        SetCount(Count - 1);
    }

    void SetCount(int count) => WriteUInt32BigEndian(At(head, 0), (uint)count);

    Span<byte> At(Place place, int offset) => pages[place.Page].AsSpan(place.At + offset);
}
