using System.Collections.Concurrent;
using Stillframe.Compiling;
using Stillframe.Dumps;
using Stillframe.Images;

namespace Stillframe.Linking;

/// <summary>What there is of a plan's tables and layers; what is not there yet is added by whoever makes it.</summary>
sealed class FoundTables
{
    public ConcurrentDictionary<TableName, CompiledTable> Tables { get; } = new();

    /// <summary>By their keys.</summary>
    public ConcurrentDictionary<string, (LinkedLayer, ImageLayer)> Layers { get; } = new();

    /// <summary>Tables that have to be compiled, in the plan's order.</summary>
    public IReadOnlyList<PlannedTable> Missing { get; private set; } = [];

    /// <inheritdoc cref="ObjectCache.FindAsync" path="/param"/>
    public static async Task<FoundTables> FindAsync(LinkPlan plan, TableSource source, CacheChecks? later, CancellationToken cancellationToken)
    {
        var found = new FoundTables();
        var missing = new ConcurrentDictionary<TableName, bool>();
        await Parallel.ForEachAsync(plan.Layers, cancellationToken, async (layer, token) =>
        {
            var members = await found.FindAsync(layer.Tables, source, later, token);
            if (members.All(member => member.Found is not null) && await source.FindLayerAsync(layer.Key, token, later) is { } whole)
                found.Layers[layer.Key] = whole;
            else
                foreach (var (planned, _) in members.Where(member => member.Found is not { Paths.Count: > 0 }))
                    missing[planned.Name] = true;
        });
        foreach (var (planned, _) in (await found.FindAsync(plan.WithoutRows, source, later, cancellationToken)).Where(member => member.Found is null))
            missing[planned.Name] = true;
        found.Missing = [.. plan.Tables.Where(planned => missing.ContainsKey(planned.Name))];
        return found;
    }

    async Task<List<(PlannedTable Planned, CompiledTable? Found)>> FindAsync(IReadOnlyList<PlannedTable> members, TableSource source, CacheChecks? later, CancellationToken cancellationToken)
    {
        var found = new List<(PlannedTable, CompiledTable?)>();
        foreach (var planned in members)
        {
            var table = await source.FindTableAsync(planned, cancellationToken, later);
            found.Add((planned, table));
            if (table is not null)
                Tables[planned.Name] = table;
        }

        return found;
    }
}
