using Stillframe.Compiling;
using Stillframe.Dumps;
using Stillframe.Loading.Bulk;
using Stillframe.Masking;

namespace Stillframe.Deriving;

/// <summary>What tables get other rows than the dumps', and what it takes to make them.</summary>
/// <param name="Dumps">Its options have the subsets; its scripts are run where <paramref name="ScriptTables"/> names tables.</param>
/// <param name="Script">What the dumps do besides bringing rows.</param>
/// <param name="ScriptTables">Patterns; none where scripts are not run here.</param>
/// <param name="Clock">What the server's clock shows meanwhile.</param>
/// <param name="Work">A directory for what comes out, which must last as long as it is needed.</param>
sealed record DerivationRequest(
    DumpInput Dumps, DumpScript Script, IReadOnlyList<string> ScriptTables, DateTimeOffset Clock, string Work)
{
    /// <summary>Of the dumps' rows: conditions and scripts see masked ones.</summary>
    public DumpMasks Masks { get; init; } = DumpMasks.None;

    /// <summary>Options of the frame's server that decide about files.</summary>
    public IReadOnlyList<string> StorageOptions { get; init; } = [];

    /// <summary>Tables loaded at a time.</summary>
    public int Workers { get; init; } = CompileOptions.Default.Workers;
}
