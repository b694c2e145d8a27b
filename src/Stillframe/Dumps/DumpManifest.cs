using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillframe.Dumps;

/// <summary>What a dump directory's <c>dump.json</c> says of it.</summary>
public sealed record DumpManifest
{
    /// <summary>Of the file in the directory.</summary>
    public const string FileName = "dump.json";

    /// <summary>The form that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Of this record.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>64 hex digits, as <see cref="DumpSummary.DataVersion"/>.</summary>
    public required string DataVersion { get; init; }

    /// <summary>Such as <c>10.11.19-MariaDB</c>.</summary>
    public required string Server { get; init; }

    /// <summary>When the master's state was this one.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The master's log at that moment; null where it writes none.</summary>
    public string? BinlogFile { get; init; }

    /// <summary>Byte offset in <see cref="BinlogFile"/>.</summary>
    public long? BinlogPosition { get; init; }

    /// <summary>Global transaction ids, in the server's own notation; null where it has none.</summary>
    public string? Gtid { get; init; }

    /// <summary>Names the server whose log that is, in 16 hex digits; null where a later dump can't go on from it.</summary>
    public string? LogServer { get; init; }

    /// <summary>The file of MySQL's log in which the dump was made, whose place in it nothing tells; null for MariaDB, which tells the place.</summary>
    public string? LogFile { get; init; }

    /// <summary>When <see cref="BinlogFile"/> or <see cref="LogFile"/> was begun, as a Unix time of the server; null where a later dump can't go on from it.</summary>
    public long? LogCreated { get; init; }

    /// <summary>Dumps since the last one that read every table; 0 for one that did.</summary>
    public int DumpsSinceFull { get; init; }

    /// <summary>That were dumped.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>In the order in which a client loads them.</summary>
    public required IReadOnlyList<DumpedFile> Files { get; init; }

    internal static DumpManifest? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<DumpManifest>(json, options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, options);
}

/// <summary>One file of a dump directory.</summary>
public sealed record DumpedFile
{
    /// <summary>In the directory.</summary>
    public required string Name { get; init; }

    /// <summary>On disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>64 hex digits over the bytes on disk.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The table whose rows it has; null for definitions.</summary>
    public DumpedTable? Table { get; init; }
}

/// <summary>A table whose rows are in a file of a dump directory.</summary>
public sealed record DumpedTable
{
    /// <summary>Its schema's name.</summary>
    public required string Schema { get; init; }

    /// <summary>Its own.</summary>
    public required string Name { get; init; }

    /// <summary>In the file.</summary>
    public required long Rows { get; init; }

    /// <summary>As <c>CHECKSUM TABLE</c> gave it in the state that was dumped; null where the engine of the table has none.</summary>
    public string? Checksum { get; init; }

    /// <summary>64 hex digits over <c>SHOW CREATE TABLE</c>, without what the table counts to.</summary>
    public required string Definition { get; init; }

    /// <summary>As <see cref="DumpTable.RowsFingerprint"/>; null where a build has to read the file.</summary>
    public string? RowsFingerprint { get; init; }

    /// <summary>As <see cref="DumpTable.RowBytes"/>.</summary>
    public long RowBytes { get; init; }
}
