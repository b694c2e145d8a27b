namespace Stillframe.Oci;

/// <summary>Where a blob came from: a registry that has it already need not be sent it again.</summary>
public sealed record BlobOrigin(string Registry, string Repository);

/// <summary>A blob of an image and how to read it.</summary>
/// <param name="Open">Opens the blob as it is stored, each time from its start; may fetch it first.</param>
/// <param name="Origin">Null where the blob was made here.</param>
public sealed record Blob(Descriptor Descriptor, Func<CancellationToken, Task<Stream>> Open, BlobOrigin? Origin = null)
{
    internal static Blob OfBytes(string mediaType, byte[] bytes) =>
        new(new(mediaType, Digest.Of(bytes), bytes.Length), _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)));

    internal static Blob OfFile(Descriptor descriptor, string path, BlobOrigin? origin = null) =>
        new(descriptor, _ => Task.FromResult<Stream>(OpenFile(path)), origin) { File = path };

    /// <summary>True where it stays at its origin until somebody opens it: where the image goes, it is already.</summary>
    public bool StaysAtOrigin { get; init; }

    /// <summary>The file, where the blob is one already.</summary>
    public string? File { get; init; }

    static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);
}
