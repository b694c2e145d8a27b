using System.Text.Json.Serialization;

namespace Stillframe.Dumps;

/// <summary>What dump files hold.</summary>
public sealed record DumpSummary
{
    /// <summary>64 hex digits: the fingerprint of everything the files mean.</summary>
    public required string DataVersion { get; init; }

    /// <summary>64 hex digits: the fingerprint of what the files define, whatever rows there are.</summary>
    public string SchemaVersion { get; init; } = "";

    /// <summary>Fingerprints of what the files define, by names such as <c>table shop.orders</c>.</summary>
    public IReadOnlyDictionary<string, string> Structure { get; init; } = new Dictionary<string, string>();

    /// <summary>In the order they are created; views are no tables.</summary>
    public required IReadOnlyList<DumpTable> Tables { get; init; }

    /// <summary>Every schema that something is made in, in the order of first use.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>In the order given.</summary>
    public required IReadOnlyList<DumpFile> Files { get; init; }

    /// <summary>Of the first file that says something of it.</summary>
    public required DumpSource Source { get; init; }

    /// <summary>
    /// Null where every table's rows are literals of its own INSERT … VALUES alone, before any trigger, so that tables can be loaded in any order.
    /// Otherwise why not, such as a trigger, an UPDATE or an INSERT … SELECT that has a hand in it; the middle of a sentence.
    /// </summary>
    public string? OrderedBecause { get; init; }

    /// <summary>The time of day that the dump's statements find; null where none of them asks for it.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>Schemas that the dump drops, whether or not it makes something in them.</summary>
    public IReadOnlyList<string> DroppedSchemas { get; init; } = [];

    /// <summary>The first collation that only MySQL and newer servers of MariaDB have.</summary>
    public MySqlCollation? Collation { get; init; }

    /// <summary>Tables can be loaded in any order.</summary>
    [JsonIgnore]
    internal bool TablesAreIndependent => OrderedBecause is null;
}

/// <summary>One table of a dump.</summary>
public sealed record DumpTable
{
    /// <summary>Its schema's name.</summary>
    public required string Schema { get; init; }

    /// <summary>Its own.</summary>
    public required string Name { get; init; }

    /// <summary>64 hex digits over schema and rows.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>64 hex digits over CREATE TABLE, ALTER TABLE and CREATE INDEX.</summary>
    public required string SchemaFingerprint { get; init; }

    /// <summary>64 hex digits over the rows, however they are packed into INSERT statements.</summary>
    public required string RowsFingerprint { get; init; }

    /// <summary>Rows in INSERT statements.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of their text, white space outside strings left out.</summary>
    public required long RowBytes { get; init; }

    /// <summary>Its columns and keys as far as the dump's text tells them.</summary>
    public TableDefinition? Definition { get; init; }

    internal TableName FullName => new(Schema, Name);
}

/// <summary>One dump file.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="Bytes">Its size on disk, compressed if it is.</param>
/// <param name="Sha256">64 hex digits over its bytes on disk.</param>
/// <param name="DefaultSchema">The schema taken for statements that name none; null when there are no such statements.</param>
public sealed record DumpFile(string Path, long Bytes, string Sha256, string? DefaultSchema);

/// <summary>What a dump says of where it comes from.</summary>
public sealed record DumpSource
{
    /// <summary>Such as <c>mysqldump 10.13 Distrib 8.0.36</c>.</summary>
    public string? Tool { get; init; }

    /// <summary><c>MariaDB</c> or <c>MySQL</c>.</summary>
    public string? Product { get; init; }

    /// <summary>Such as <c>10.11.19-MariaDB</c>.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>That was dumped.</summary>
    public string? Host { get; init; }

    /// <summary>That was dumped, where it was one.</summary>
    public string? Database { get; init; }

    /// <summary>The server's log at the time of the dump.</summary>
    public string? BinlogFile { get; init; }

    /// <summary>Byte offset in <see cref="BinlogFile"/>.</summary>
    public long? BinlogPosition { get; init; }

    /// <summary>Global transaction ids, in the product's own notation.</summary>
    public string? Gtid { get; init; }

    /// <summary>Clock of the dumping host, whose time zone a dump does not tell.</summary>
    public DateTime? DumpTime { get; init; }

    /// <summary>The first file's that says something. A service relies on <see cref="Gtid"/> for all of the data: where files of dump tools do not agree on it, there is none.</summary>
    internal static DumpSource OfAll(IEnumerable<DumpSource> files)
    {
        var told = files.Where(file => file != new DumpSource()).ToList();
        return told is [] ? new() : told.TrueForAll(file => file.Gtid == told[0].Gtid) ? told[0] : told[0] with { Gtid = null };
    }
}
