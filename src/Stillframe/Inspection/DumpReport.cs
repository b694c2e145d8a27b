using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Frames;
using Stillframe.Loading;

namespace Stillframe.Inspection;

/// <summary>What a build would say of dumps.</summary>
public sealed record DumpReport
{
    /// <summary>In the order given.</summary>
    public required IReadOnlyList<DumpFile> Files { get; init; }

    /// <summary>Of the first file that says something of it.</summary>
    public required DumpSource Source { get; init; }

    /// <summary>In the order they are created.</summary>
    public required IReadOnlyList<DumpTable> Tables { get; init; }

    /// <summary>Of what they mean; 64 hex digits.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Of a frame of them for <see cref="Reader"/>, without scripts and server options.</summary>
    public required string DataVersion { get; init; }

    /// <summary>The account's name.</summary>
    public required string Reader { get; init; }

    /// <summary>Why they have to be loaded in their own order; null where tables can be loaded each for itself.</summary>
    public string? OrderedBecause { get; init; }

    /// <summary>The time of day that their statements find; null where none of them asks for it.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>Tables can be loaded in any order.</summary>
    public bool TablesAreIndependent => OrderedBecause is null;

    /// <exception cref="StillframeException">SF1001 to SF1009.</exception>
    public static DumpReport Read(IReadOnlyList<string> files, DumpOptions options, ReaderAccount reader, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var dump = DumpFiles.Inspect(DumpFiles.Of(files), options, reporter, cancellationToken);
        var version = DataVersionParts.Of(dump, options, [], reader.User, new Dictionary<string, string>()).With(reader.Password);
        return new()
        {
            Files = dump.Files,
            Source = dump.Source,
            Tables = dump.Tables,
            Fingerprint = dump.DataVersion,
            DataVersion = version,
            Reader = reader.User,
            OrderedBecause = dump.OrderedBecause,
            Clock = dump.Clock,
        };
    }

    /// <summary>For people.</summary>
    public IEnumerable<string> Lines() =>
    [
        .. FilesTable().Lines(),
        "",
        .. TablesTable().Lines(),
        "",
        $"Tables: {Tables.Count.ToString("N0", CultureInfo.InvariantCulture)} with {Tables.Sum(table => table.Rows).ToString("N0", CultureInfo.InvariantCulture)} rows.",
        .. SourceLines(),
        $"Fingerprint {Fingerprint}",
        $"Data version {DataVersion} for the account '{Reader}', without scripts and server options.",
        .. Clock is { } clock ? [$"Its statements ask for the time of day and find {clock.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC."] : Array.Empty<string>(),
        OrderedBecause is null ? "Each table can be loaded for itself." : $"It is loaded as a whole, in its own order: {OrderedBecause}.",
    ];

    TextTable FilesTable()
    {
        var table = new TextTable("file", "<size", "schema of what names none");
        foreach (var file in Files)
            table.Add(file.Path, ByteCount.Text(file.Bytes), file.DefaultSchema ?? "-");
        return table;
    }

    TextTable TablesTable()
    {
        var table = new TextTable("table", "<rows", "<text");
        foreach (var one in Tables)
            table.Add(one.FullName.ToString(), one.Rows.ToString("N0", CultureInfo.InvariantCulture), ByteCount.Text(one.RowBytes));
        return table;
    }

    IEnumerable<string> SourceLines()
    {
        var server = Source.ServerVersion is null ? "" : $" of server {Source.ServerVersion}";
        var host = Source.Host is null ? "" : $" on '{Source.Host}'";
        if (Source.Tool is not null || server.Length > 0)
            yield return $"Made by {Source.Tool ?? "an unknown tool"}{server}{host}.";
        if (Source.DumpTime is { } time)
            yield return $"Made at {time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}, by the clock of its host.";
        if (FrameLabels.PositionOf(Source) is { } position)
            yield return $"Position {position}";
    }
}
