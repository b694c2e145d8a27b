using System.Text.Json.Serialization;

namespace Stillframe.Dumps;

/// <summary>What dump files hold.</summary>
/// <param name="DataVersion">64 hex digits: the fingerprint of everything the files mean.</param>
/// <param name="Tables">In the order they are created; views are no tables.</param>
/// <param name="Schemas">Every schema that something is made in, in the order of first use.</param>
/// <param name="Files">In the order given.</param>
/// <param name="Source">Of the first file that says something of it.</param>
/// <param name="OrderedBecause">
/// Null where every table's rows are literals of its own INSERT … VALUES alone, before any trigger, so that tables can be loaded in any order.
/// Otherwise why not, such as a trigger, an UPDATE or an INSERT … SELECT that has a hand in it; the middle of a sentence.
/// </param>
/// <param name="Clock">The time of day that the dump's statements find; null where none of them asks for it.</param>
public sealed record DumpSummary(
    string DataVersion,
    IReadOnlyList<DumpTable> Tables,
    IReadOnlyList<string> Schemas,
    IReadOnlyList<DumpFile> Files,
    DumpSource Source,
    string? OrderedBecause,
    DateTimeOffset? Clock = null)
{
    /// <summary>Schemas that the dump drops, whether or not it makes something in them.</summary>
    public IReadOnlyList<string> DroppedSchemas { get; init; } = [];

    /// <summary>The first collation that only MySQL and newer servers of MariaDB have.</summary>
    public MySqlCollation? Collation { get; init; }

    /// <summary>Tables can be loaded in any order.</summary>
    [JsonIgnore]
    public bool TablesAreIndependent => OrderedBecause is null;
}

/// <summary>One table of a dump.</summary>
/// <param name="Fingerprint">64 hex digits over schema and rows.</param>
/// <param name="SchemaFingerprint">64 hex digits over CREATE TABLE, ALTER TABLE and CREATE INDEX.</param>
/// <param name="RowsFingerprint">64 hex digits over the rows, however they are packed into INSERT statements.</param>
/// <param name="Rows">Rows in INSERT statements.</param>
/// <param name="RowBytes">Bytes of their text, white space outside strings left out.</param>
public sealed record DumpTable(
    string Schema,
    string Name,
    string Fingerprint,
    string SchemaFingerprint,
    string RowsFingerprint,
    long Rows,
    long RowBytes)
{
    internal TableName FullName => new(Schema, Name);
}

/// <summary>One dump file.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="Bytes">Its size on disk, compressed if it is.</param>
/// <param name="Sha256">64 hex digits over its bytes on disk.</param>
/// <param name="DefaultSchema">The schema taken for statements that name none; null when there are no such statements.</param>
public sealed record DumpFile(string Path, long Bytes, string Sha256, string? DefaultSchema);

/// <summary>What a dump says of where it comes from.</summary>
/// <param name="Tool">Such as <c>mysqldump 10.13 Distrib 8.0.36</c>.</param>
/// <param name="Product"><c>MariaDB</c> or <c>MySQL</c>.</param>
/// <param name="ServerVersion">Such as <c>10.11.19-MariaDB</c>.</param>
/// <param name="BinlogPosition">Byte offset in <paramref name="BinlogFile"/>.</param>
/// <param name="Gtid">Global transaction ids, in the product's own notation.</param>
/// <param name="DumpTime">Clock of the dumping host, whose time zone a dump does not tell.</param>
public sealed record DumpSource(
    string? Tool = null,
    string? Product = null,
    string? ServerVersion = null,
    string? Host = null,
    string? Database = null,
    string? BinlogFile = null,
    long? BinlogPosition = null,
    string? Gtid = null,
    DateTime? DumpTime = null);
