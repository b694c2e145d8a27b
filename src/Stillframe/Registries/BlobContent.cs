using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Stillframe.Oci;

namespace Stillframe.Registries;

/// <summary>A request's body read from a blob while it is sent, never held in memory.</summary>
sealed class BlobContent : HttpContent
{
    const int BufferSize = 128 * 1024;
    readonly Blob blob;
    readonly long from;
    readonly Action<int> sent;

    /// <param name="from">The first byte to send.</param>
    /// <param name="sent">Told of each piece that went out, in bytes.</param>
    public BlobContent(Blob blob, long from, Action<int> sent)
    {
        (this.blob, this.from, this.sent) = (blob, from, sent);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = blob.Descriptor.Size - from;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var source = await blob.Open(cancellationToken);
        source.Seek(from, SeekOrigin.Begin);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int count;
            while ((count = await source.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken)) > 0)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                sent(count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
