using Stillframe.Layers;
using Stillframe.Linking;

namespace Stillframe.Inspection;

/// <summary>
/// What a pull will transfer of a frame that is not made yet, by someone who has the frame that it will be linked on: which layers are made anew is
/// known, if server, package, reader, scripts and options are the same; how large they get is taken from the frame that is there.
/// </summary>
static class PullEstimate
{
    /// <summary>Frame description and link map, the last two: they name the data version.</summary>
    const int AlwaysNew = 2;

    const long FilledFile = 1 << 20;

    /// <returns>Null where the frame or the dump can't be linked, or is none.</returns>
    public static PullSize? Of(ComparedData frame, ComparedData dump)
    {
        if (frame is not { Layers: { Count: >= AlwaysNew } layers, TableLayers.Count: > 0 } || !dump.TablesAreIndependent)
            return null;
        if (frame.DumpFingerprint == dump.DumpFingerprint)
            return new(0, 0, layers.Count, layers.Sum(layer => layer.Size), Estimated: true);

        var before = frame.Tables.ToDictionary(table => table.ToString());
        var after = dump.Tables.ToDictionary(table => table.ToString());
        var known = frame.TableLayers.ToDictionary(layer => layer.Name);
        var compression = (double)known.Values.Sum(layer => layer.Descriptor.Size) / known.Values.Sum(layer => layer.UncompressedSize);
        var groups = LinkPlan.GroupsOf(after.Values.Where(table => table.Size.Rows > 0).Select(table => (table.ToString(), table.Size.Bytes))).ToList();
        var (kept, made) = (groups.Where(Stays).ToList(), groups.Where(group => !Stays(group)).ToList());

        var others = layers.Where(layer => known.Values.All(table => table.Descriptor.Digest != layer.Digest)).ToList();
        var bytes = made.Sum(Estimate) + layers.TakeLast(AlwaysNew).Sum(layer => layer.Size);
        var all = bytes + kept.Sum(group => known[TableGroups.NameOf(group)].Descriptor.Size) + others.SkipLast(AlwaysNew).Sum(layer => layer.Size);
        return new(made.Count + AlwaysNew, bytes, groups.Count + others.Count, all, Estimated: true);

        bool Stays(IReadOnlyList<string> group) =>
            known.ContainsKey(TableGroups.NameOf(group))
            && group.All(name => before.TryGetValue(name, out var table) && table.Definition == after[name].Definition && table.HasRowsOf(after[name]));

        long Estimate(IReadOnlyList<string> group) => known.TryGetValue(TableGroups.NameOf(group), out var layer) && group.All(before.ContainsKey)
            ? (long)(layer.Descriptor.Size * group.Sum(FileBytes) / Math.Max(1, group.Sum(name => before[name].Size.Bytes)))
            : (long)(group.Sum(FileBytes) * compression);

        // as many bytes a row as it had, where rows fill the file: a small one is mostly room
        double FileBytes(string name)
        {
            var (was, text) = (before.GetValueOrDefault(name)?.Size, after[name].Size);
            return was switch
            {
                { Rows: > 0, Bytes: >= FilledFile } => (double)was.Bytes / was.Rows * text.Rows,
                _ => Math.Max(was?.Bytes ?? 0, text.Bytes * LinkPlan.FileBytes),
            };
        }
    }
}
