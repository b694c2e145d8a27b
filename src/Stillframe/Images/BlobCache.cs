using Stillframe.Layers;

namespace Stillframe.Images;

/// <summary>Blobs kept between builds, each in a file named by its digest. Nothing gets in that does not have its digest.</summary>
/// <param name="directory">Made when needed; may be shared by builds that run at the same time.</param>
public sealed class BlobCache(string directory)
{
    public string Directory { get; } = Path.GetFullPath(directory);

    public string PathOf(Digest digest) => Path.Combine(Directory, "sha256", digest.Hex);

    /// <summary>The blob's file, or null.</summary>
    public string? Find(Descriptor descriptor)
    {
        var file = new FileInfo(PathOf(descriptor.Digest));
        return file.Exists && file.Length == descriptor.Size ? file.FullName : null;
    }

    /// <summary>Keeps a blob, unless other bytes come than its digest says; returns its file.</summary>
    /// <param name="source">Who gives the bytes, for the message.</param>
    /// <exception cref="StillframeException">SF3005, SF3001.</exception>
    public async Task<string> AddAsync(Descriptor descriptor, string source, Stream stream, CancellationToken cancellationToken)
    {
        await using var file = new NewFile(PathOf(descriptor.Digest));
        await stream.CopyToAsync(file, 256 * 1024, cancellationToken);
        Verify(descriptor, file.Digest(), file.Length, source);
        await file.CommitAsync();
        return PathOf(descriptor.Digest);
    }

    internal static void Verify(Descriptor expected, Digest digest, long size, string source)
    {
        if (expected.Digest != digest || expected.Size != size)
        {
            throw new StillframeException(
                ErrorCodes.DigestMismatch,
                $"{source} gave {size} bytes with digest {digest} where {expected.Size} bytes with {expected.Digest} should be. Something between changed or cut them; try again, and without a proxy if it stays so.");
        }
    }
}
