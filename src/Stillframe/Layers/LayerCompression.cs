using System.IO.Compression;

namespace Stillframe.Layers;

/// <summary>How a layer is stored.</summary>
/// <param name="Level">Null stores the plain tar.</param>
public sealed record LayerCompression(CompressionLevel? Level)
{
    public static LayerCompression None { get; } = new((CompressionLevel?)null);

    /// <summary>Database pages gain little from more effort, and a build waits for it.</summary>
    public static LayerCompression Fast { get; } = new(CompressionLevel.Fastest);

    public static LayerCompression Small { get; } = new(CompressionLevel.SmallestSize);

    public string MediaType => Level is null ? MediaTypes.OciLayer : MediaTypes.OciLayerGzip;
}
