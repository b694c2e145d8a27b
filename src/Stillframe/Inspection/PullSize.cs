using Stillframe.Oci;

namespace Stillframe.Inspection;

/// <summary>What a pull transfers to someone who has certain layers already.</summary>
/// <param name="Bytes">Compressed, of <paramref name="Layers"/>; manifest and configuration are a few kilobytes more.</param>
/// <param name="AllBytes">For someone who has nothing.</param>
/// <param name="Estimated">The frame is not made yet.</param>
public sealed record PullSize(int Layers, long Bytes, int AllLayers, long AllBytes, bool Estimated = false)
{
    internal static PullSize Of(IReadOnlyList<Descriptor> wanted, IReadOnlyList<Descriptor> there)
    {
        var has = there.Select(layer => layer.Digest).ToHashSet();
        var all = wanted.DistinctBy(layer => layer.Digest).ToList();
        var missing = all.Where(layer => !has.Contains(layer.Digest)).ToList();
        return new(missing.Count, missing.Sum(layer => layer.Size), all.Count, all.Sum(layer => layer.Size));
    }
}
