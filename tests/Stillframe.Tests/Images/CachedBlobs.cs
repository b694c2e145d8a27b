using Stillframe.Images;
using Stillframe.Layers;

namespace Stillframe.Tests.Images;

public sealed class CachedBlobs : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Are_found_again()
    {
        var cache = new BlobCache(directory.Path);
        var descriptor = new Descriptor("x", Digest.Of([1, 2]), 2);
        Assert.Null(cache.Find(descriptor));

        var path = await cache.AddAsync(descriptor, "test", new MemoryStream([1, 2]), default);

        Assert.Equal(path, cache.Find(descriptor));
    }

    [Theory]
    [InlineData(new byte[] { 1, 3 })]
    [InlineData(new byte[] { 1 })]
    public async Task Other_bytes_do_not_get_in(byte[] bytes)
    {
        var cache = new BlobCache(directory.Path);
        var descriptor = new Descriptor("x", Digest.Of([1, 2]), 2);

        var e = await Assert.ThrowsAsync<StillframeException>(() => cache.AddAsync(descriptor, "test", new MemoryStream(bytes), default));

        Assert.Equal(ErrorCodes.DigestMismatch, e.Code);
        Assert.Empty(Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories));
    }
}
