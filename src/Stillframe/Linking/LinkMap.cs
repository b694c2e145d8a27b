using System.Text.Json.Serialization;
using Stillframe.Compiling;
using Stillframe.Dumps;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Oci;

namespace Stillframe.Linking;

/// <summary>
/// What a frame is linked from: which numbers its tables have, what is in each of them, and which layers they are in. Every frame carries its own;
/// the next build takes over from it what is still right.
/// </summary>
/// <param name="Format">Of this record.</param>
/// <param name="DataVersion">Of what a reader of the frame sees.</param>
/// <param name="Inputs">SHA-256 over everything that decides about the frame's bytes but its labels; 64 hex digits.</param>
/// <param name="Server">The server's version text.</param>
/// <param name="IdRanges">Tables in the order that InnoDB numbers them; empty where the dump itself prescribes an order.</param>
/// <param name="Tables">In byte order of their names.</param>
/// <param name="Layers">Of the server and of tables; none of tables in a frame that was loaded as a whole.</param>
/// <param name="DumpFingerprint">Of what its dumps mean, whatever else was made of them; null in frames older than it.</param>
public sealed record LinkMap(
    int Format,
    string DataVersion,
    string Inputs,
    string Server,
    [property: JsonPropertyName("slots")] IReadOnlyList<IdRange> IdRanges,
    IReadOnlyList<LinkedTable> Tables,
    IReadOnlyList<LinkedLayer> Layers,
    string? DumpFingerprint = null)
{
    public const int CurrentFormat = 1;

    /// <summary>The tables as a frame promises them.</summary>
    public IReadOnlyList<FrameTable> FrameTables() => [.. Tables.Select(table => new FrameTable(table.Schema, table.Name, table.Rows, table.Checksum))];
}

/// <summary>A table of a frame.</summary>
/// <param name="Definition">Fingerprint of its schema.</param>
/// <param name="Content">Fingerprint of its rows.</param>
/// <param name="Rows">Rows in it.</param>
/// <param name="Checksum">What <c>CHECKSUM TABLE</c> gave; null where it is not the same twice.</param>
/// <param name="Bytes">Of its files in the frame.</param>
/// <param name="Object">Key of its compiled rows; null in a frame that was loaded as a whole.</param>
/// <param name="Statistics">Of its indexes.</param>
/// <param name="Clock">Unix time in seconds that its rows may have taken up; null where they took none.</param>
public sealed record LinkedTable(
    string Schema, string Name, string Definition, string Content, long Rows, long? Checksum, long Bytes, string? Object, TableStatistics? Statistics, long? Clock = null)
{
    internal TableName FullName => new(Schema, Name);
}

/// <summary>A layer with tables.</summary>
/// <param name="Key">Of what is in it and how it is compressed.</param>
/// <param name="Name">For the image's history.</param>
/// <param name="UncompressedSize">Bytes of the tar.</param>
public sealed record LinkedLayer(string Key, string Name, Descriptor Descriptor, Digest DiffId, long UncompressedSize)
{
    internal static LinkedLayer Of(string key, Layer layer) => new(key, layer.Name, layer.Descriptor, layer.DiffId, layer.UncompressedSize);
}
