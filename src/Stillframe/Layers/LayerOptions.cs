namespace Stillframe.Layers;

/// <summary>What all layers of a frame have in common.</summary>
sealed record LayerOptions
{
    public LayerCompression Compression { get; init; } = LayerCompression.Fast;

    /// <summary>Modification time of every file; a constant, so that the same content gives the same bytes.</summary>
    public DateTimeOffset Time { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Layers written at the same time.</summary>
    public int Parallel { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Told of bytes read, so many since the last time; from several threads.</summary>
    public IProgress<long>? Progress { get; init; }
}
