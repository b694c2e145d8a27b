using System.Security.Cryptography;
using Stillframe.Oci;

namespace Stillframe.Layers;

/// <summary>Takes the bytes of an uncompressed tar and stores them as a layer, hashed before and after compression.</summary>
sealed class LayerFile : WriteOnlyStream
{
    readonly string path;
    readonly LayerCompression compression;
    readonly NewFile file;
    readonly BlockPackStream? packed;
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    long size;

    /// <exception cref="StillframeException">SF3001.</exception>
    public LayerFile(string path, LayerCompression compression)
    {
        (this.path, this.compression) = (Path.GetFullPath(path), compression);
        file = new(path);
        packed = compression.Packer is { } pack ? new(file, pack) : null;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        hash.AppendData(buffer.Span);
        size += buffer.Length;
        await ((Stream?)packed ?? file).WriteAsync(buffer, cancellationToken);
    }

    /// <summary>Ends the layer and gives its file the name asked for.</summary>
    /// <param name="name">What is in the layer, for the image's history.</param>
    /// <param name="fileName">Another name for the file, made from the layer's descriptor.</param>
    /// <exception cref="StillframeException">SF3001.</exception>
    public async Task<Layer> CompleteAsync(string name, Func<Descriptor, string>? fileName = null, CancellationToken cancellationToken = default)
    {
        if (packed is not null)
            await packed.CompleteAsync(cancellationToken);
        var descriptor = new Descriptor(compression.MediaType, Digest.FromHash(file.Hash()), file.Length);
        var final = fileName?.Invoke(descriptor) ?? path;
        await file.CommitAsync(final);
        return new(descriptor, Digest.FromHash(hash.GetHashAndReset()), size, final, name);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
            hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
