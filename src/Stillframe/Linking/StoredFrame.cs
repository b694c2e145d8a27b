using Stillframe.Oci;

namespace Stillframe.Linking;

/// <summary>The previous frame, as far as a build can take something over from it.</summary>
/// <param name="Layers">That it has still, where it is.</param>
sealed record StoredFrame(LinkMap Map, IReadOnlyDictionary<Digest, Blob> Layers)
{
    /// <summary>No previous frame.</summary>
    public static StoredFrame None { get; } = new(
        new() { Format = LinkMap.CurrentFormat, DataVersion = "", Inputs = "", Server = "", IdRanges = [], Tables = [], Layers = [] }, new Dictionary<Digest, Blob>());

    /// <summary>Without anything that would spare work.</summary>
    public StoredFrame OnlyNumbers() => None with { Map = None.Map with { IdRanges = Map.IdRanges } };

    public bool IsNone => Map.Tables.Count == 0;

    /// <summary>A layer of that frame; null where it has none of this key.</summary>
    internal (LinkedLayer Layer, Blob Blob)? Find(string key) =>
        Map.Layers.FirstOrDefault(layer => layer.Key == key) is { } layer && Layers.TryGetValue(layer.Descriptor.Digest, out var blob) ? (layer, blob) : null;
}
