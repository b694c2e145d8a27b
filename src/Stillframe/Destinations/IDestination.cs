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
public sealed record Delivery
{
    /// <summary>How to get it: <c>registry/repository@sha256:…</c>, the archive's path, or the engine's first tag.</summary>
    public required string Reference { get; init; }

    /// <summary>Digest of the manifest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Those that were asked for.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Blobs that had to go over.</summary>
    public required int BlobsSent { get; init; }

    /// <summary>Bytes of the blobs sent, without those that were there or mounted.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Taken over from another repository of the registry.</summary>
    public int BlobsMounted { get; init; }

    /// <summary>There already.</summary>
    public int BlobsSkipped { get; init; }

    /// <summary>Of all blobs.</summary>
    internal static Delivery Whole(OciImage image, string reference, IReadOnlyList<string> tags) => new()
    {
        Reference = reference,
        Digest = image.Digest,
        Tags = tags,
        BlobsSent = image.Blobs.Count,
        BytesSent = image.Blobs.Sum(blob => blob.Descriptor.Size),
    };
}
