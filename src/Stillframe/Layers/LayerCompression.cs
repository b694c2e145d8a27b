namespace Stillframe.Layers;

/// <summary>How a layer is stored.</summary>
/// <param name="Level">gzip's level, 1 to 9; null stores the plain tar.</param>
public sealed record LayerCompression(int? Level)
{
    public static LayerCompression None { get; } = new((int?)null);

    /// <summary>Half the processor time of <see cref="Fast"/>, but a third more bytes (60 % of a table's file instead of 46 %).</summary>
    public static LayerCompression Fastest { get; } = new(1);

    /// <summary>As small as database pages get, within a percent: higher levels only take longer.</summary>
    public static LayerCompression Fast { get; } = new(2);

    /// <summary>For layers of programs, which are made once.</summary>
    public static LayerCompression Small { get; } = new(6);

    public string MediaType => Level is null ? MediaTypes.OciLayer : MediaTypes.OciLayerGzip;
}
