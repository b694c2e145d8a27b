using Stillframe.Compiling;
using Stillframe.Dumps;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.Linking;

/// <summary>What is there of a frame's parts already: in the cache of this machine, and in the previous frame.</summary>
sealed class TableSource(ObjectCache cache, StoredFrame previous, DateTimeOffset clock, string work)
{
    const string Objects = "object", Layers = "layer";

    readonly Dictionary<TableName, LinkedTable> before = previous.Map.Tables
        .DistinctBy(table => table.FullName).ToDictionary(table => table.FullName);

    /// <summary>The layer of this key; null where nobody has it.</summary>
    /// <inheritdoc cref="ObjectCache.FindAsync" path="/param"/>
    public async Task<(LinkedLayer Layer, ImageLayer Image)?> FindLayerAsync(string key, CancellationToken cancellationToken, CacheChecks? later = null)
    {
        var stored = previous.Find(key);
        if (await cache.FindAsync<LinkedLayer>(Layers, key, work, cancellationToken, later) is { Description: var mine, Files: [var file] }
            && (stored is null || stored.Value.Layer.Descriptor.Digest == mine.Descriptor.Digest))
            return (mine, new(mine.Name, mine.DiffId, Blob.OfFile(mine.Descriptor, file, stored?.Blob.Origin)));
        return stored is { } there ? (there.Layer, new(there.Layer.Name, there.Layer.DiffId, there.Blob)) : null;
    }

    /// <summary>What is known of a table's compiled rows; null where nothing is.</summary>
    /// <inheritdoc cref="ObjectCache.FindAsync" path="/param"/>
    public async Task<CompiledTable?> FindTableAsync(PlannedTable planned, CancellationToken cancellationToken, CacheChecks? later = null)
    {
        if (await cache.FindAsync<ObjectDescription>(Objects, planned.Key, work, cancellationToken, later) is { } entry && IsOfNow(entry.Description.Clock))
            return new(entry.Description, entry.Files, null);
        // a table's name is part of its key
        return before.GetValueOrDefault(planned.Name) is { Statistics: { } statistics } stored && stored.Object == planned.Key && IsOfNow(stored.Clock)
            ? new(new(stored.Rows, stored.Checksum, statistics, [new("", stored.Bytes)], stored.Clock, null) { Counter = stored.Counter }, [], null)
            : null;
    }

    public Task AddTableAsync(PlannedTable planned, CompiledTable compiled, CancellationToken cancellationToken) =>
        cache.AddAsync(Objects, planned.Key, compiled.Description, compiled.Paths, cancellationToken);

    public Task AddLayerAsync(LinkedLayer layer, string file, CancellationToken cancellationToken) =>
        cache.AddAsync(Layers, layer.Key, layer, [file], cancellationToken, [layer.Descriptor.Digest]);

    /// <summary>Why a table has to be compiled; the end of a sentence.</summary>
    public string WhyNot(PlannedTable planned)
    {
        if (previous.IsNone)
            return "there is no previous frame";
        var table = before.GetValueOrDefault(planned.Name);
        return table switch
        {
            null => "it is new",
            { Object: null } => "the previous frame was loaded as a whole",
            _ when table.Definition != planned.Work.Dump.SchemaFingerprint => "its definition changed",
            _ when table.Content != planned.Work.Dump.RowsFingerprint => "its rows changed",
            _ when table.Object != planned.Key => "the server, its options, the package or the table's numbers changed",
            _ => "neither the cache nor the previous frame's layers have it",
        };
    }

    bool IsOfNow(long? taken) => taken is null || taken == clock.ToUnixTimeSeconds();
}
