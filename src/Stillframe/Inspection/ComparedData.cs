using System.Text.Json.Serialization;
using Stillframe.Dumps;
using Stillframe.Linking;
using Stillframe.Masters;
using Stillframe.Oci;

namespace Stillframe.Inspection;

/// <summary>What is compared.</summary>
public enum DataKind
{
    /// <summary>An image.</summary>
    Frame,
    /// <summary>Dump files.</summary>
    Dump,
    /// <summary>A server, of which a dump could be made.</summary>
    Master,
}

/// <summary>One side of a comparison: a frame, or a dump that one could be made from.</summary>
public sealed record ComparedData
{
    /// <summary>As the user gave it.</summary>
    public required string Place { get; init; }

    /// <summary>What it is.</summary>
    public required DataKind Kind { get; init; }

    /// <summary>Of a frame: a dump alone does not tell what will be made of it.</summary>
    public string? DataVersion { get; init; }

    /// <summary>Of what the dumps mean; null for a frame that is older than it.</summary>
    public string? DumpFingerprint { get; init; }

    /// <summary>The server's version text; null for a dump.</summary>
    public string? Server { get; init; }

    /// <summary>Of a frame's manifest.</summary>
    public Digest? Digest { get; init; }

    /// <summary>All of them.</summary>
    [JsonIgnore]
    internal IReadOnlyList<ComparedTable> Tables { get; init; } = [];

    /// <summary>Of a frame; null for a dump.</summary>
    [JsonIgnore]
    internal IReadOnlyList<Descriptor>? Layers { get; init; }

    /// <summary>Of a frame: those with tables, which stay right as long as the tables do. None where it was loaded as a whole.</summary>
    [JsonIgnore]
    internal IReadOnlyList<LinkedLayer> TableLayers { get; init; } = [];

    /// <summary>Of a dump: whether a frame of it can be linked table by table.</summary>
    [JsonIgnore]
    internal bool TablesAreIndependent { get; init; }

    internal static ComparedData Of(InspectedFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var tables = frame.Map.Tables.Select(table => new ComparedTable(table.Schema, table.Name, table.Definition, table.Content, new(table.Rows, table.Bytes)) { Checksum = table.Checksum, Structure = StructureOf(frame.Map.Structure, table.FullName) });
        return new()
        {
            Place = frame.Place,
            Kind = DataKind.Frame,
            DataVersion = frame.Map.DataVersion,
            DumpFingerprint = frame.Map.DumpFingerprint,
            Server = frame.Map.Server,
            Digest = frame.Digest,
            Tables = [.. tables],
            Layers = frame.Layers,
            TableLayers = frame.Map.Layers,
        };
    }

    /// <summary>Where a dump's file alone names the schema, the name has none.</summary>
    static string? StructureOf(IReadOnlyDictionary<string, string>? structure, TableName table) =>
        structure?.GetValueOrDefault($"table {table.Schema}.{table.Name}") ?? structure?.GetValueOrDefault($"table {table.Name}");

    internal static ComparedData Of(MasterContent master)
    {
        ArgumentNullException.ThrowIfNull(master);
        var dump = Of(master.Dump);
        return dump with
        {
            Place = DataSource.Master,
            Kind = DataKind.Master,
            Server = master.Server,
            DumpFingerprint = null,
            Tables = [.. dump.Tables.Select(table => table with { Content = null, Checksum = master.Checksums[table.FullName] })],
            TablesAreIndependent = false, // how much of it a pull would be is not known
        };
    }

    internal static ComparedData Of(DumpSummary dump)
    {
        ArgumentNullException.ThrowIfNull(dump);
        var tables = dump.Tables.Select(table => new ComparedTable(table.Schema, table.Name, table.SchemaFingerprint, table.RowsFingerprint, new(table.Rows, table.RowBytes)) { Structure = StructureOf(dump.Structure, table.FullName) });
        return new()
        {
            Place = string.Join('+', dump.Files.Select(file => file.Path)),
            Kind = DataKind.Dump,
            DumpFingerprint = dump.DataVersion,
            Tables = [.. tables],
            TablesAreIndependent = dump.TablesAreIndependent,
        };
    }
}

/// <param name="Definition">Fingerprint of its schema.</param>
/// <param name="Content">Fingerprint of its rows; null of a master's.</param>
sealed record ComparedTable(string Schema, string Name, string Definition, string? Content, TableSize Size)
{
    /// <summary>What <c>CHECKSUM TABLE</c> gives; null where it is not known.</summary>
    public long? Checksum { get; init; }

    /// <summary>Fingerprint of its schema without what it counts to; null where it is not known.</summary>
    public string? Structure { get; init; }

    /// <summary>What a table counts to belongs to its rows.</summary>
    public bool HasDefinitionOf(ComparedTable other) => Structure is not null && other.Structure is not null ? Structure == other.Structure : Definition == other.Definition;

    /// <summary>By fingerprints; where one of them has none, by checksums, which can miss a change.</summary>
    public bool HasRowsOf(ComparedTable other) => Content is not null && other.Content is not null
        ? Content == other.Content
        : Checksum is not null && Checksum == other.Checksum && Size.Rows == other.Size.Rows;

    public override string ToString() => FullName.ToString();

    internal TableName FullName => new(Schema, Name);
}

/// <summary>How much is in a table.</summary>
/// <param name="Rows">In a dump, those of its INSERT statements: rows that a trigger makes are in the frame alone.</param>
/// <param name="Bytes">Of a frame's files; of a dump's text.</param>
public sealed record TableSize(long Rows, long Bytes);
