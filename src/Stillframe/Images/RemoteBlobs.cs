using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Images;

/// <summary>
/// Blobs that a layout names and does not hold: layers of the previous frame, which are where the image goes. A file beside the layout's own
/// says where; whoever needs one after all gets it from there.
/// </summary>
static class RemoteBlobs
{
    const string FileName = "elsewhere.json";

    sealed record Elsewhere(string Registry, string Repository, IReadOnlyList<Digest> Digests);

    public static async Task WriteAsync(string layout, IEnumerable<Blob> blobs, CancellationToken cancellationToken)
    {
        var places = blobs.GroupBy(blob => blob.Origin!).Select(group => new Elsewhere(
            group.Key.Registry, group.Key.Repository, [.. group.Select(blob => blob.Descriptor.Digest)])).ToList();
        if (places.Count > 0)
            await File.WriteAllBytesAsync(Path.Combine(layout, FileName), Wire.Write(places), cancellationToken);
    }

    /// <summary>Those that the layout still lacks.</summary>
    public static async Task<IReadOnlyDictionary<Digest, BlobOrigin>> ReadAsync(string layout, CancellationToken cancellationToken)
    {
        var file = Path.Combine(layout, FileName);
        if (!File.Exists(file))
            return new Dictionary<Digest, BlobOrigin>();
        var places = Wire.Read<List<Elsewhere>>(await File.ReadAllBytesAsync(file, cancellationToken), $"'{file}'");
        return places.SelectMany(place => place.Digests.Select(digest => (digest, place))).ToDictionary(
            pair => pair.digest, pair => new BlobOrigin(pair.place.Registry, pair.place.Repository));
    }

    /// <summary>A blob that is fetched into the layout, whose blobs lie as in a <see cref="BlobCache"/>, when it is first opened.</summary>
    public static Blob Open(string layout, Descriptor descriptor, BlobOrigin origin) => new(
        descriptor,
        async cancellationToken =>
        {
            var blobs = new BlobCache(Path.Combine(layout, "blobs"));
            var path = blobs.Find(descriptor) ?? await FetchAsync(layout, blobs, descriptor, origin, cancellationToken);
            return await Blob.OfFile(descriptor, path).Open(cancellationToken);
        },
        origin)
    {
        StaysAtOrigin = true,
    };

    /// <summary>A small blob's bytes, which are those of its digest.</summary>
    /// <exception cref="StillframeException">SF3002 to SF3005.</exception>
    public static Task<byte[]> BytesAsync(RegistryClient client, Descriptor blob, CancellationToken cancellationToken) => client.ReadBlobAsync(
        blob.Digest,
        async (stream, token) =>
        {
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, token);
            BlobCache.Verify(blob, Digest.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)), bytes.Length, $"Registry '{client.Registry}'");
            return bytes.ToArray();
        },
        cancellationToken);

    /// <summary>Fetches a blob into a cache, which keeps no other bytes than those of its digest; returns its file.</summary>
    /// <exception cref="StillframeException">SF3001 to SF3005.</exception>
    public static Task<string> KeepAsync(RegistryClient client, Descriptor blob, BlobCache cache, CancellationToken cancellationToken) =>
        client.ReadBlobAsync(blob.Digest, (stream, token) => cache.AddAsync(blob, $"Registry '{client.Registry}'", stream, token), cancellationToken);

    static async Task<string> FetchAsync(string layout, BlobCache blobs, Descriptor descriptor, BlobOrigin origin, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(blobs, descriptor, origin, cancellationToken);
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.RegistryFailed)
        {
            // the next build sees that the layout lacks it, and makes it
            File.Delete(Path.Combine(layout, FileName));
            throw;
        }
    }

    static async Task<string> ReadAsync(BlobCache blobs, Descriptor descriptor, BlobOrigin origin, CancellationToken cancellationToken)
    {
        using var client = new RegistryClient(origin.Registry, origin.Repository, RegistryAccess.Pull, new(), SilentReporter.Instance);
        return await KeepAsync(client, descriptor, blobs, cancellationToken);
    }
}
