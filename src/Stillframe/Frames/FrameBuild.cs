using System.Text.Json.Serialization;
using Stillframe.Loading;

namespace Stillframe.Frames;

/// <summary>A finished frame in its image layout; also what <c>database-image.json</c> holds.</summary>
public sealed record FrameBuild
{
    /// <summary>The OCI image layout.</summary>
    public required string LayoutDirectory { get; init; }

    /// <summary>Digest of the manifest.</summary>
    public required string Digest { get; init; }

    /// <summary>64 hex digits.</summary>
    public required string DataVersion { get; init; }

    /// <summary>Bytes of all blobs, compressed, base image included.</summary>
    public required long Size { get; init; }

    /// <summary>The engine that loaded it.</summary>
    public required string Engine { get; init; }

    /// <summary>The server's version text.</summary>
    public required string Server { get; init; }

    /// <summary>Reference of the base image, or <c>self</c>.</summary>
    public required string BaseImage { get; init; }

    /// <summary>As they were loaded.</summary>
    public required IReadOnlyList<FrameTable> Tables { get; init; }

    /// <summary>It was there already.</summary>
    public bool Reused { get; init; }

    /// <summary>Without its place.</summary>
    [JsonIgnore]
    public FrameContents Contents => new(Digest, DataVersion, Size, Tables);
}

/// <summary>What a frame promises, whoever made it.</summary>
/// <param name="Digest">Digest of the manifest.</param>
/// <param name="DataVersion">64 hex digits.</param>
/// <param name="Size">Bytes of all blobs, compressed, base image included.</param>
public sealed record FrameContents(string Digest, string DataVersion, long Size, IReadOnlyList<FrameTable> Tables);
