using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Stillframe.Layers;

/// <summary>
/// Headers of the GNU tar format (GNU tar manual, "Basic Tar Format"): names of any length, files of any size, and nothing
/// of the machine that writes them. OCI image specification, "Image Layer Filesystem Changeset", takes every tar format.
/// </summary>
/// <remarks>Own: System.Formats.Tar, which reads archives here, writes headers that may change with the runtime, and the digest of every layer with them.</remarks>
sealed record TarHeader
{
    public const int BlockSize = 512;
    const int NameLength = 100;
    const int SizeAt = 124;
    const int SizeLength = 12;
    const long LargestOctal = 0x1_FFFF_FFFF; // eleven octal digits: 8 GiB - 1

    public required string Path { get; init; }

    /// <summary><c>'0'</c> file, <c>'2'</c> symbolic link, <c>'5'</c> directory.</summary>
    public required char Type { get; init; }

    public int Mode { get; init; }

    public int UserId { get; init; }

    public int GroupId { get; init; }

    public long Size { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public long Time { get; init; }

    public string LinkTarget { get; init; } = "";

    /// <summary>One block, or more where a name is longer than 100 bytes.</summary>
    public byte[] ToBytes()
    {
        var name = Encoding.UTF8.GetBytes(Path);
        var target = Encoding.UTF8.GetBytes(LinkTarget);
        using var blocks = new MemoryStream();
        if (target.Length > NameLength)
            blocks.Write(LongName('K', target));
        if (name.Length > NameLength)
            blocks.Write(LongName('L', name));
        blocks.Write(Block(name, target));
        return blocks.ToArray();
    }

    static byte[] LongName(char type, byte[] name)
    {
        var size = name.Length + 1; // with its terminating zero
        var blocks = new byte[BlockSize + size + Padding(size)];
        new TarHeader { Path = "././@LongLink", Type = type, Size = size }.ToBytes().CopyTo(blocks, 0);
        name.CopyTo(blocks, BlockSize);
        return blocks;
    }

    byte[] Block(ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        var block = new byte[BlockSize];
        name[..Math.Min(name.Length, NameLength)].CopyTo(block);
        Octal(block.AsSpan(100, 8), Mode);
        Octal(block.AsSpan(108, 8), UserId);
        Octal(block.AsSpan(116, 8), GroupId);
        SizeField(block.AsSpan(SizeAt, SizeLength), Size);
        Octal(block.AsSpan(136, 12), Time);
        block.AsSpan(148, 8).Fill((byte)' ');
        block[156] = (byte)Type;
        target[..Math.Min(target.Length, NameLength)].CopyTo(block.AsSpan(157));
        "ustar  \0"u8.CopyTo(block.AsSpan(257));

        var sum = 0;
        foreach (var b in block)
            sum += b;
        Octal(block.AsSpan(148, 7), sum);
        return block;
    }

    /// <summary>How many zero bytes follow so much content.</summary>
    public static int Padding(long size) => (int)((BlockSize - size % BlockSize) % BlockSize);

    static void SizeField(Span<byte> field, long size)
    {
        if (size <= LargestOctal)
        {
            Octal(field, size);
            return;
        }

        field[0] = 0x80; // base-256
        BinaryPrimitives.WriteInt64BigEndian(field[4..], size);
    }

    static void Octal(Span<byte> field, long value)
    {
        var digits = Convert.ToString(value, 8).PadLeft(field.Length - 1, '0');
        if (digits.Length >= field.Length)
            throw new ArgumentOutOfRangeException(nameof(value), value.ToString(CultureInfo.InvariantCulture) + " does not fit into a tar header.");
        Encoding.ASCII.GetBytes(digits, field);
        field[^1] = 0;
    }
}
