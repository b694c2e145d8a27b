using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>Blobs kept between builds, each in a file named by its digest. Nothing gets in that does not have its digest.</summary>
/// <param name="directory">Made when needed; may be shared by builds that run at the same time.</param>
sealed class BlobCache(string directory)
{
    static readonly TimeSpan Recent = TimeSpan.FromDays(1); // a build that still needs it may be running

    readonly bool isPrivate;

    BlobCache(string directory, bool isPrivate)
        : this(directory) => this.isPrivate = isPrivate;

    /// <summary>The user's own: layers of frames are in it, too, so nobody else can read it. It knows when each blob was used.</summary>
    /// <exception cref="StillframeException">SF3001.</exception>
    public static BlobCache Of(string cacheDirectory)
    {
        var directory = PlaceIn(cacheDirectory);
        try
        {
            return new(PrivateFiles.MakeDirectory(directory), isPrivate: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StillframeException(ErrorCodes.WriteFailed, $"Can't write '{directory}': {e.Message.TrimEnd('.')}. Make it your own, or set another cache directory (XDG_CACHE_HOME).", innerException: e);
        }
    }

    internal static string PlaceIn(string cacheDirectory) => Path.Combine(cacheDirectory, "blobs");

    public string Directory { get; } = Path.GetFullPath(directory);

    public string PathOf(Digest digest) => Path.Combine(Directory, "sha256", digest.Hex);

    /// <summary>The blob's file, or null.</summary>
    public string? Find(Descriptor descriptor)
    {
        var file = new FileInfo(PathOf(descriptor.Digest));
        if (!file.Exists || file.Length != descriptor.Size)
            return null;
        if (isPrivate)
            Touch(file);
        return file.FullName;
    }

    /// <summary>Removes what was not used for so long, and of the rest what was not used for longest until it is within the limit; never what was used within a day.</summary>
    /// <param name="limit">Bytes.</param>
    public void Trim(long limit, TimeSpan age, DateTime now)
    {
        if (!System.IO.Directory.Exists(Directory))
            return;
        var total = 0L;
        var files = new DirectoryInfo(Directory).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 });
        foreach (var file in files.OrderByDescending(file => file.LastWriteTimeUtc))
        {
            var unused = now - file.LastWriteTimeUtc;
            if (unused > age || unused > Recent && total + file.Length > limit)
                Remove(file);
            else
                total += file.Length;
        }
    }

    /// <summary>Keeps a blob, unless other bytes come than its digest says; returns its file.</summary>
    /// <param name="source">Who gives the bytes, for the message.</param>
    /// <exception cref="StillframeException">SF3005, SF3001.</exception>
    public Task<string> AddAsync(Descriptor descriptor, string source, Stream stream, CancellationToken cancellationToken) =>
        AddAsync(descriptor, source, (file, token) => stream.CopyToAsync(file, 256 * 1024, token), cancellationToken);

    /// <param name="write">Writes the bytes.</param>
    /// <inheritdoc cref="AddAsync(Descriptor, string, Stream, CancellationToken)"/>
    public async Task<string> AddAsync(Descriptor descriptor, string source, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await using var file = new NewFile(PathOf(descriptor.Digest));
        await write(file, cancellationToken);
        Verify(descriptor, Digest.FromHash(file.Hash()), file.Length, source);
        await file.CommitAsync();
        if (isPrivate)
            PrivateFiles.Close(PathOf(descriptor.Digest));
        return PathOf(descriptor.Digest);
    }

    static void Touch(FileInfo file)
    {
        try
        {
            file.LastWriteTimeUtc = DateTime.UtcNow;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // in a cache that can only be read
        }
    }

    static void Remove(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // another build removed it, or reads it
        }
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
