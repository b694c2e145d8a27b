using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>One image for several platforms: whoever pulls it gets that of their own. OCI image specification, "Image Index".</summary>
/// <param name="Content">The index itself.</param>
/// <param name="Images">In its order, as far as they were read; none of them has an index of its own.</param>
public sealed record ImageIndex(Blob Content, IReadOnlyList<OciImage> Images)
{
    /// <summary>Joins images of several platforms, whichever of these this machine is; one alone stays what it is.</summary>
    internal static async Task<OciImage> JoinAsync(IEnumerable<OciImage> images, CancellationToken cancellationToken)
    {
        var joined = new List<(Descriptor Descriptor, OciImage Image)>();
        foreach (var image in images)
            joined.Add((image.Manifest.Descriptor with { Platform = (await image.ReadConfigAsync(cancellationToken)).Platform }, image.Alone));
        if (joined is [var (_, one)])
            return one;
        // the same bytes on whichever of these machines it is made
        joined.Sort((one, other) => string.CompareOrdinal(one.Descriptor.Platform!.ToString(), other.Descriptor.Platform!.ToString()));
        var index = new IndexJson(SchemaVersion: 2, MediaTypes.OciIndex, [.. joined.Select(pair => pair.Descriptor)]);
        return Of(Blob.OfBytes(MediaTypes.OciIndex, Wire.Write(index)), index.ForThisMachine(), joined);
    }

    /// <param name="chosen">One of the descriptors.</param>
    internal static OciImage Of(Blob content, Descriptor? chosen, IReadOnlyList<(Descriptor Descriptor, OciImage Image)> images) =>
        images.First(pair => pair.Descriptor == chosen).Image with { Index = new(content, [.. images.Select(pair => pair.Image)]) };
}
