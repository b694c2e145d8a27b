using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;
using Stillframe.Masking;

namespace Stillframe.Compiling;

/// <summary>What all tables of a frame are compiled with.</summary>
/// <param name="Script">What the dumps do besides bringing rows.</param>
/// <param name="StorageOptions">Options of the frame's server that decide about files.</param>
/// <param name="Clock">For rows that take the time of day.</param>
/// <param name="Work">A directory for what comes out.</param>
sealed record CompileContext(
    CompiledSchema Schema, DumpScript Script, IReadOnlyList<string> StorageOptions, DateTimeOffset Clock, string Work, CompileOptions Options)
{
    /// <summary>Of the rows.</summary>
    public DumpMasks Masks { get; init; } = DumpMasks.None;
}

/// <summary>What makes a schema.</summary>
/// <param name="Script">Of the dumps.</param>
/// <param name="StorageOptions">Options of the frame's server that decide about files.</param>
/// <param name="Plan">In which order tables are made; not looked at where the dump prescribes one.</param>
/// <param name="Compiler">Of the tables.</param>
sealed record SchemaRequest(DumpScript Script, IReadOnlyList<string> StorageOptions, IReadOnlyList<IdPlanStep> Plan, CompilerKind Compiler);

/// <summary>How tables are compiled; none of it may make a difference to what comes out, but for the layers' compression and the compiler.</summary>
/// <param name="Workers">Tables loaded at a time.</param>
sealed record CompileOptions(int Workers, LayerOptions Layers)
{
    public CompilerKind Compiler { get; init; } = CompilerKind.Auto;

    public static CompileOptions Default { get; } = new(TableJobs.DefaultWorkers, new());
}

/// <summary>A table whose rows are in a worker's server.</summary>
/// <param name="Clock">Unix time in seconds that its rows may have taken up; null where they took none.</param>
sealed record LoadedTable(FrameTable Table, TableStatistics Statistics, long? Clock)
{
    public ObjectDescription Describe(IReadOnlyList<ObjectFile> files, string? leftAlone) =>
        new(Table.Rows, Table.Checksum, Statistics, files, Clock, leftAlone) { Counter = Counter };

    /// <inheritdoc cref="ObjectDescription.Counter"/>
    public long? Counter { get; init; }
}
