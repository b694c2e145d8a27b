namespace Stillframe.Layers;

/// <summary>How a data directory is split into layers.</summary>
sealed record DataLayerOptions
{
    /// <summary>A table of this many bytes has a layer of its own.</summary>
    public long BigTable { get; init; } = 16 * 1024 * 1024;

    /// <summary>Small tables share layers of about this many bytes.</summary>
    public long Group { get; init; } = 8 * 1024 * 1024;

    /// <summary>Docker takes 127 layers; the base image has some, and whoever builds on the frame wants some.</summary>
    public int MaxLayers { get; init; } = 80;
}
