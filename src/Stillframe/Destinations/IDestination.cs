using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.Destinations;

/// <summary>Where a frame goes.</summary>
public interface IDestination
{
    /// <summary>
    /// Finds out, before there is an image, what would stop its delivery: names, tags, the way to the destination and the right to write there. Leaves nothing.
    /// </summary>
    /// <param name="image">What the image will take, about.</param>
    /// <exception cref="StillframeException">SF1103, SF2002, SF3xxx.</exception>
    Task CheckAsync(IReadOnlyList<string> tags, SpaceNeed image, IReporter reporter, CancellationToken cancellationToken);

    /// <summary>Delivers an image under these tags; tags are set last, so that none ever points at half an image.</summary>
    /// <exception cref="StillframeException">SF1103, SF3xxx; tags are as they were before.</exception>
    Task<Delivery> DeliverAsync(OciImage image, IReadOnlyList<string> tags, IReporter reporter, CancellationToken cancellationToken);
}

/// <summary>What was delivered.</summary>
/// <param name="Reference">How to get it: <c>registry/repository@sha256:…</c>, the archive's path, or the engine's first tag.</param>
/// <param name="Digest">Digest of the manifest.</param>
/// <param name="BytesSent">Bytes of the blobs sent, without those that were there or mounted.</param>
/// <param name="BlobsSkipped">There already.</param>
public sealed record Delivery(
    string Reference,
    Digest Digest,
    IReadOnlyList<string> Tags,
    int BlobsSent,
    long BytesSent,
    int BlobsMounted,
    int BlobsSkipped);
