using Stillframe.Images;
using Stillframe.Oci;

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

    [Fact]
    public async Task Of_a_user_can_be_read_by_nobody_else()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(Path.Combine(directory.Path, "blobs"), (UnixFileMode)0b111_111_101); // of an older version
        var cache = BlobCache.Of(directory.Path);

        var path = await cache.AddAsync(new("x", Digest.Of([1]), 1), "test", new MemoryStream([1]), default);

        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(path));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(cache.Directory));
    }

    [Fact]
    public async Task Not_used_for_long_go()
    {
        var cache = BlobCache.Of(directory.Path);
        var now = DateTime.UtcNow;
        var (old, found, young) = (await AddAsync(cache, 1, now.AddDays(-31)), await AddAsync(cache, 2, now.AddDays(-31)), await AddAsync(cache, 3, now.AddDays(-29)));
        cache.Find(found);

        cache.Trim(limit: 1000, TimeSpan.FromDays(30), now);

        Assert.Equal((false, true, true), (File.Exists(cache.PathOf(old.Digest)), File.Exists(cache.PathOf(found.Digest)), File.Exists(cache.PathOf(young.Digest))));
    }

    [Fact]
    public async Task Beyond_the_limit_go_but_not_those_of_today()
    {
        var cache = BlobCache.Of(directory.Path);
        var now = DateTime.UtcNow;
        var blobs = new List<Descriptor>();
        for (byte age = 0; age < 5; age++)
            blobs.Add(await AddAsync(cache, age, now.AddDays(-age).AddHours(-1)));

        cache.Trim(limit: 3, TimeSpan.FromDays(30), now);
        Assert.Equal([true, true, true, false, false], blobs.Select(blob => File.Exists(cache.PathOf(blob.Digest))));
        cache.Trim(limit: 0, TimeSpan.FromDays(30), now);
        Assert.Equal([true, false, false, false, false], blobs.Select(blob => File.Exists(cache.PathOf(blob.Digest))));
    }

    static async Task<Descriptor> AddAsync(BlobCache cache, byte content, DateTime used)
    {
        var descriptor = new Descriptor("x", Digest.Of([content]), 1);
        File.SetLastWriteTimeUtc(await cache.AddAsync(descriptor, "test", new MemoryStream([content]), default), used);
        return descriptor;
    }
}
