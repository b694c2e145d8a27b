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
sealed record LinkMap
{
    /// <summary>The one that this code writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Of this record.</summary>
    public required int Format { get; init; }

    /// <summary>Of what a reader of the frame sees.</summary>
    public required string DataVersion { get; init; }

    /// <summary>SHA-256 over everything that decides about the frame's bytes but its labels; 64 hex digits.</summary>
    public required string Inputs { get; init; }

    /// <summary>The server's version text.</summary>
    public required string Server { get; init; }

    /// <summary>Tables in the order that InnoDB numbers them; empty where the dump itself prescribes an order.</summary>
    [JsonPropertyName("slots")]
    public required IReadOnlyList<IdRange> IdRanges { get; init; }

    /// <summary>In byte order of their names.</summary>
    public required IReadOnlyList<LinkedTable> Tables { get; init; }

    /// <summary>Of the server and of tables; none of tables in a frame that was loaded as a whole.</summary>
    public required IReadOnlyList<LinkedLayer> Layers { get; init; }

    /// <summary>Of what its dumps mean, whatever else was made of them; null in frames older than it.</summary>
    public string? DumpFingerprint { get; init; }

    /// <summary>As <see cref="DumpSummary.Structure"/>; null in frames older than it.</summary>
    public IReadOnlyDictionary<string, string>? Structure { get; init; }

    /// <summary>The tables as a frame promises them.</summary>
    public IReadOnlyList<FrameTable> FrameTables() => [.. Tables.Select(table => new FrameTable(table.Schema, table.Name, table.Rows, table.Checksum))];
}

/// <summary>A table of a frame.</summary>
sealed record LinkedTable
{
    /// <summary>Its schema's name.</summary>
    public required string Schema { get; init; }

    /// <summary>Its own.</summary>
    public required string Name { get; init; }

    /// <summary>Fingerprint of its schema.</summary>
    public required string Definition { get; init; }

    /// <summary>Fingerprint of its rows.</summary>
    public required string Content { get; init; }

    /// <summary>Rows in it.</summary>
    public required long Rows { get; init; }

    /// <summary>What <c>CHECKSUM TABLE</c> gave; null where it is not the same twice.</summary>
    public long? Checksum { get; init; }

    /// <summary>Of its files in the frame.</summary>
    public required long Bytes { get; init; }

    /// <summary>Key of its compiled rows; null in a frame that was loaded as a whole.</summary>
    public string? Object { get; init; }

    /// <summary>Of its indexes.</summary>
    public TableStatistics? Statistics { get; init; }

    /// <summary>Unix time in seconds that its rows may have taken up; null where they took none.</summary>
    public long? Clock { get; init; }

    /// <inheritdoc cref="ObjectDescription.Counter"/>
    public long? Counter { get; init; }

    internal TableName FullName => new(Schema, Name);

    /// <summary>A table of a dump, as a frame has it.</summary>
    internal static LinkedTable Of(DumpTable dump, long rows, long? checksum, long bytes) => new()
    {
        Schema = dump.Schema,
        Name = dump.Name,
        Definition = dump.SchemaFingerprint,
        Content = dump.RowsFingerprint,
        Rows = rows,
        Checksum = checksum,
        Bytes = bytes,
    };
}

/// <summary>A layer with tables.</summary>
/// <param name="Key">Of what is in it and how it is compressed.</param>
/// <param name="Name">For the image's history.</param>
/// <param name="UncompressedSize">Bytes of the tar.</param>
sealed record LinkedLayer(string Key, string Name, Descriptor Descriptor, Digest DiffId, long UncompressedSize)
{
    internal static LinkedLayer Of(string key, Layer layer) => new(key, layer.Name, layer.Descriptor, layer.DiffId, layer.UncompressedSize);
}
