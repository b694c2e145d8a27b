using System.IO.Compression;

namespace Stillframe.Layers;

/// <summary>A whole gzip file, of which several may follow one another (RFC 1952, section 2.2).</summary>
static class GzipMember
{
    public static MemoryStream Pack(byte[] block, int count, int level)
    {
        var member = new MemoryStream(count / 2);
        using (var gzip = new GZipStream(member, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true))
            gzip.Write(block, 0, count);

        // RFC 1952, section 2.3.1: "extra flags" and "operating system" say something of the machine, and nobody reads them
        member.GetBuffer()[8] = 0;
        member.GetBuffer()[9] = 255;
        return member;
    }
}
