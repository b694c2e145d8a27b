namespace Stillframe.Oci;

/// <summary>What a manifest or an index says of a blob. OCI image specification, "Content Descriptors".</summary>
/// <param name="Size">Bytes, as stored (compressed).</param>
/// <param name="Platform">Only in an index. OCI image specification, "Image Index".</param>
public sealed record Descriptor(
    string MediaType,
    Digest Digest,
    long Size,
    Platform? Platform = null,
    IReadOnlyDictionary<string, string>? Annotations = null);
