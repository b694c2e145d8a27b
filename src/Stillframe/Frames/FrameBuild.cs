using System.Text.Json.Serialization;
using Stillframe.Images;
using Stillframe.Loading;
using Stillframe.Oci;

namespace Stillframe.Frames;

/// <summary>A finished frame in its image layout; also what <c>database-image.json</c> holds.</summary>
/// <param name="LayoutDirectory">The OCI image layout.</param>
/// <param name="Digest">Digest of the manifest.</param>
/// <param name="DataVersion">64 hex digits.</param>
/// <param name="Size">Bytes of all blobs, compressed, base image included.</param>
/// <param name="Engine">The engine that loaded it.</param>
/// <param name="Server">The server's version text.</param>
/// <param name="BaseImage">Reference of the base image, or <c>self</c>.</param>
public sealed record FrameBuild(
    string LayoutDirectory,
    string Digest,
    string DataVersion,
    long Size,
    string Engine,
    string Server,
    string BaseImage,
    IReadOnlyList<FrameTable> Tables,
    bool Reused)
{
    [JsonIgnore]
    public FrameContents Contents => new(Digest, DataVersion, Size, Tables);
}

/// <summary>What a frame promises, whoever made it.</summary>
/// <param name="Digest">Digest of the manifest.</param>
/// <param name="DataVersion">64 hex digits.</param>
/// <param name="Size">Bytes of all blobs, compressed, base image included.</param>
public sealed record FrameContents(string Digest, string DataVersion, long Size, IReadOnlyList<FrameTable> Tables);
