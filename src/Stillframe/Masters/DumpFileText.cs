using System.IO.Compression;

namespace Stillframe.Masters;

/// <summary>Compares the texts of two files of dumps, whoever compressed them and whichever release of the server they name.</summary>
static class DumpFileText
{
    const int Block = 64 << 10;

    public static async Task<bool> IsSameAsync(string one, string other, CancellationToken cancellationToken)
    {
        await using var first = Open(one);
        await using var second = Open(other);
        var (left, right) = (new byte[Block], new byte[Block]);
        if (!await SkipHeadAsync(first, cancellationToken) || !await SkipHeadAsync(second, cancellationToken))
            return false;
        while (true)
        {
            var count = await first.ReadAtLeastAsync(left, Block, throwOnEndOfStream: false, cancellationToken);
            if (await second.ReadAtLeastAsync(right, Block, throwOnEndOfStream: false, cancellationToken) != count || !left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count)))
                return false;
            if (count < Block)
                return true;
        }
    }

    static GZipStream Open(string path) => new(new BufferedStream(File.OpenRead(path), Block), CompressionMode.Decompress);

    /// <summary>The comments end with an empty line.</summary>
    static async Task<bool> SkipHeadAsync(GZipStream text, CancellationToken cancellationToken)
    {
        var (one, last) = (new byte[1], (byte)0);
        while (await text.ReadAsync(one, cancellationToken) == 1)
        {
            if (one[0] == '\n' && last == '\n')
                return true;
            last = one[0];
        }

        return false;
    }
}
