using System.Formats.Tar;
using System.Text;
using Stillframe.Layers;

namespace Stillframe.Tests.Layers;

public class TarHeaders
{
    [Fact]
    public void A_file_has_exactly_these_bytes()
    {
        var expected = new byte[512];
        void Put(int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(expected, at);
        Put(0, "var/lib/mysql/ibdata1");
        Put(100, "0000644\0");
        Put(108, "0000000\0");
        Put(116, "0000000\0");
        Put(124, "00000000012\0");
        Put(136, "00000000000\0");
        Put(148, "011631\0 ");
        Put(156, "0");
        Put(257, "ustar  \0");

        Assert.Equal(expected, new TarHeader { Path = "var/lib/mysql/ibdata1", Type = '0', Mode = Modes.Readable, Size = 10 }.ToBytes());
    }

    [Theory]
    [InlineData(0x1_FFFF_FFFF, new byte[] { 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0 })]
    [InlineData(0x2_0000_0000, new byte[] { 0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0 })]
    public void Sizes_from_8_GiB_are_base_256(long size, byte[] field) =>
        Assert.Equal(field, new TarHeader { Path = "a", Type = '0', Size = size }.ToBytes()[124..136]);

    [Theory]
    [InlineData(100, 1)]
    [InlineData(101, 3)]
    [InlineData(300, 3)]
    [InlineData(600, 4)]
    public void Long_names_come_back_as_they_were(int length, int blocks)
    {
        var name = new string('é', length / 2) + new string('x', length % 2);
        var header = new TarHeader { Path = name, Type = '2', Mode = Modes.Everything, UserId = 1, GroupId = 2, LinkTarget = "target" }.ToBytes();

        Assert.Equal(blocks * 512, header.Length);
        var entry = new TarReader(new MemoryStream([.. header, .. new byte[1024]])).GetNextEntry()!;
        Assert.Equal(name, entry.Name);
        Assert.Equal("target", entry.LinkName);
        Assert.Equal((1, 2), (entry.Uid, entry.Gid));
    }

    [Fact]
    public void A_long_link_target_comes_back_as_it_was()
    {
        var target = string.Join('/', Enumerable.Repeat("directory", 30));
        var header = new TarHeader { Path = "link", Type = '2', Mode = Modes.Everything, LinkTarget = target }.ToBytes();

        Assert.Equal(target, new TarReader(new MemoryStream([.. header, .. new byte[1024]])).GetNextEntry()!.LinkName);
    }
}
