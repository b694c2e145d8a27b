using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// Which pages of a tablespace are in use, from its extent descriptors (fsp0fsp.h). A free page keeps the bytes of whatever lay there before,
/// and no server reads them.
/// </summary>
/// <param name="pageSize">Bytes in the file; as many pages share a descriptor page.</param>
/// <param name="extentPages">Pages of an extent.</param>
sealed class ExtentMap(int pageSize, int extentPages)
{
    byte[] descriptors = [];
    long first = -1;

    /// <summary>Whether this page describes the extents that follow it.</summary>
    public bool IsDescriptorPage(long number) => number % pageSize == 0;

    public void Read(long number, ReadOnlySpan<byte> page) => (first, descriptors) = (number, page.ToArray());

    public bool IsFree(long number)
    {
        if (first < 0 || number < first || number >= first + pageSize)
            return false;
        var within = (int)(number - first);
        var descriptor = PageLayout.Descriptors + within / extentPages * (PageLayout.DescriptorBits + extentPages / 4);
        var state = ReadUInt32BigEndian(descriptors.AsSpan(descriptor + PageLayout.DescriptorState));
        if (state == 0)
            return true; // not yet part of any extent
        var bit = within % extentPages * 2;
        return (descriptors[descriptor + PageLayout.DescriptorBits + bit / 8] >> bit % 8 & 1) != 0;
    }
}
