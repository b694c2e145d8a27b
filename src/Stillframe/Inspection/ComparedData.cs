using System.Text.Json.Serialization;
using Stillframe.Dumps;
using Stillframe.Linking;
using Stillframe.Oci;

namespace Stillframe.Inspection;

public enum DataKind
{
    Frame,
    Dump,
}

/// <summary>One side of a comparison: a frame, or a dump that one could be made from.</summary>
/// <param name="Place">As the user gave it.</param>
/// <param name="DataVersion">Of a frame: a dump alone does not tell what will be made of it.</param>
/// <param name="DumpFingerprint">Of what the dumps mean; null for a frame that is older than it.</param>
/// <param name="Server">The server's version text; null for a dump.</param>
/// <param name="Digest">Of a frame's manifest.</param>
/// <param name="Layers">Of a frame; null for a dump.</param>
public sealed record ComparedData(
    string Place,
    DataKind Kind,
    string? DataVersion,
    string? DumpFingerprint,
    string? Server,
    Digest? Digest,
    [property: JsonIgnore] IReadOnlyList<ComparedTable> Tables,
    [property: JsonIgnore] IReadOnlyList<Descriptor>? Layers)
{
    /// <summary>Of a frame: those with tables, which stay right as long as the tables do. None where it was loaded as a whole.</summary>
    [JsonIgnore]
    public IReadOnlyList<LinkedLayer> TableLayers { get; init; } = [];

    /// <summary>Of a dump: whether a frame of it can be linked table by table.</summary>
    [JsonIgnore]
    public bool TablesAreIndependent { get; init; }

    public static ComparedData Of(InspectedFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var tables = frame.Map.Tables.Select(table => new ComparedTable(table.Schema, table.Name, table.Definition, table.Content, new(table.Rows, table.Bytes)));
        return new(frame.Place, DataKind.Frame, frame.Map.DataVersion, frame.Map.DumpFingerprint, frame.Map.Server, frame.Digest, [.. tables], frame.Layers) { TableLayers = frame.Map.Layers };
    }

    public static ComparedData Of(DumpSummary dump)
    {
        ArgumentNullException.ThrowIfNull(dump);
        var tables = dump.Tables.Select(table => new ComparedTable(table.Schema, table.Name, table.SchemaFingerprint, table.RowsFingerprint, new(table.Rows, table.RowBytes)));
        return new(string.Join('+', dump.Files.Select(file => file.Path)), DataKind.Dump, null, dump.DataVersion, null, null, [.. tables], null) { TablesAreIndependent = dump.TablesAreIndependent };
    }
}

/// <param name="Definition">Fingerprint of its schema.</param>
/// <param name="Content">Fingerprint of its rows.</param>
public sealed record ComparedTable(string Schema, string Name, string Definition, string Content, TableSize Size)
{
    public override string ToString() => FullName.ToString();

    internal TableName FullName => new(Schema, Name);
}

/// <summary>How much is in a table.</summary>
/// <param name="Rows">In a dump, those of its INSERT statements: rows that a trigger makes are in the frame alone.</param>
/// <param name="Bytes">Of a frame's files; of a dump's text.</param>
public sealed record TableSize(long Rows, long Bytes);
