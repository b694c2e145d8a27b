using System.Buffers.Binary;
using System.IO.Compression;

namespace Stillframe.Deflate;

/// <summary>A whole gzip file, of which several may follow one another (RFC 1952, section 2.2).</summary>
static class GzipMember
{
    /// <summary>Section 2.3: magic number, deflate, no flags, no time, no word on how it was packed, no operating system.</summary>
    static ReadOnlySpan<byte> Head => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    const int Tail = 8, ExtraFlags = 8, OperatingSystem = 9;

    /// <summary>By our own packer: fast, and the same everywhere.</summary>
    public static PackedBlock Pack(ReadOnlySpan<byte> block)
    {
        var member = PackedBlock.Rent(Head.Length + Deflater.Bound(block.Length) + Tail);
        Head.CopyTo(member);
        var end = Deflater.Pack(block, member, Head.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(member.AsSpan(end), Crc32.Compute(0, block));
        BinaryPrimitives.WriteInt32LittleEndian(member.AsSpan(end + 4), block.Length);
        return new(member, end + Tail);
    }

    /// <summary>By the runtime's zlib, for what is to be small.</summary>
    public static PackedBlock Pack(ReadOnlySpan<byte> block, int level)
    {
        var member = PackedBlock.Rent(block.Length + block.Length / 4 + 1024); // level 1 makes an eighth more of what can't be packed
        var packed = new MemoryStream(member);
        using (var gzip = new GZipStream(packed, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true))
            gzip.Write(block);

        // section 2.3.1: they tell of the machine, and nobody reads them
        member[ExtraFlags] = Head[ExtraFlags];
        member[OperatingSystem] = Head[OperatingSystem];
        return new(member, (int)packed.Position);
    }
}
