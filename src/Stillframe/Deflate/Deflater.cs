using System.Collections.Concurrent;

namespace Stillframe.Deflate;

/// <summary>
/// Packs by DEFLATE, as small as zlib's level 2 and in about two thirds of its time. The same bytes are packed to the same bytes by every machine and runtime.
/// </summary>
/// <remarks>
/// Own: the runtime's zlib is another one with each version of .NET, and packs otherwise on other processors, so that a layer that was made elsewhere had another digest; and it took
/// more than half of the time of a build.
/// </remarks>
sealed class Deflater
{
    /// <summary>Changes with the bytes that come out for the same bytes.</summary>
    public const int Version = 2;

    static readonly ConcurrentBag<Deflater> free = [];
    readonly MatchFinder finder = new();
    readonly TokenList tokens = new();
    readonly BlockWriter blocks = new();

    Deflater()
    {
    }

    /// <summary>The most bytes that packed ones can take, with the room that writing them needs.</summary>
    public static int Bound(int bytes) => bytes + bytes / 1024 + 256;

    /// <param name="output">Has room for <see cref="Bound"/> from the position on.</param>
    /// <returns>Where it ends in the output.</returns>
    public static int Pack(ReadOnlySpan<byte> input, byte[] output, int position)
    {
        var deflater = free.TryTake(out var idle) ? idle : new();
        var end = deflater.PackAll(input, output, position);
        free.Add(deflater);
        return end;
    }

    int PackAll(ReadOnlySpan<byte> input, byte[] output, int position)
    {
        var writer = new BitWriter(output, position);
        finder.Clear();
        var at = 0;
        do
        {
            tokens.Clear();
            var end = finder.Find(input, at, tokens);
            blocks.Write(ref writer, input[at..end], tokens, end == input.Length);
            at = end;
        }
        while (at < input.Length);
        writer.Align();
        return writer.Position;
    }
}
