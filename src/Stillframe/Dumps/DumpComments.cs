using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Stillframe.Dumps;

/// <summary>What tools say in comments: header, position, trailer.</summary>
internal sealed partial class DumpComments(string file)
{
    bool isOpen; // header seen, trailer not yet

    public DumpSource Source { get; private set; } = new();

    /// <summary>The file starts with a dump tool's header.</summary>
    public bool FromTool => Source.Tool is not null;

    public void Read(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("-- "u8) || line.Length < 8)
            return;
        var text = Encoding.UTF8.GetString(line);
        if (Header().Match(text) is { Success: true } header)
        {
            RefuseOpen();
            isOpen = true;
            var program = header.Groups["product"].Value == "MariaDB" ? "mariadb-dump" : "mysqldump";
            Source = Source with
            {
                Tool = Source.Tool ?? $"{program} {header.Groups["version"].Value.Replace("  ", " ", StringComparison.Ordinal)}",
                Product = Source.Product ?? header.Groups["product"].Value,
            };
        }
        else if (Host().Match(text) is { Success: true } host)
            Source = Source with { Host = Value(host, "host") ?? Source.Host, Database = Value(host, "database") ?? Source.Database };
        else if (text.StartsWith("-- Server version", StringComparison.Ordinal))
            ReadServer(text["-- Server version".Length..].Trim());
        else if (text.StartsWith("-- Dump completed", StringComparison.Ordinal))
            ReadTrailer(text["-- Dump completed".Length..]);
        else
            ReadPosition(text);
    }

    /// <summary>Takes a position from a statement (or a comment) such as CHANGE MASTER or SET GTID_PURGED.</summary>
    public void ReadPosition(string text)
    {
        if (LogFile().Match(text) is { Success: true } log)
        {
            Source = Source with
            {
                BinlogFile = log.Groups["file"].Value,
                BinlogPosition = LogPosition().Match(text) is { Success: true } position
                    ? long.Parse(position.Groups["position"].Value, CultureInfo.InvariantCulture)
                    : null,
            };
        }
        else if (Gtid().Match(text) is { Success: true } gtid)
            Source = Source with { Gtid = WhiteSpace().Replace(gtid.Groups["gtid"].Value, "") };
    }

    /// <exception cref="StillframeException">SF1003 where a tool's header has no trailer after it.</exception>
    public void RefuseOpen()
    {
        if (isOpen)
            throw new StillframeException(
                ErrorCodes.DumpCutOff,
                $"'{file}' is cut off: it was written by {Source.Tool}, but the line '-- Dump completed' is missing at its end. "
                + "Make the dump again and see that it is copied whole.",
                new(file));
    }

    void ReadServer(string version)
    {
        // MariaDB up to 10.x tells old clients 5.5.5- first
        version = version.StartsWith("5.5.5-", StringComparison.Ordinal) ? version["5.5.5-".Length..] : version;
        Source = Source with
        {
            ServerVersion = version,
            Product = version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? "MariaDB" : Source.Product,
        };
    }

    void ReadTrailer(string rest)
    {
        isOpen = false;
        var time = rest.Replace(" on ", "", StringComparison.Ordinal);
        if (DateTime.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var parsed))
            Source = Source with { DumpTime = parsed };
    }

    static string? Value(Match match, string group) => match.Groups[group].Value is { Length: > 0 } value ? value : null;

    [GeneratedRegex(@"^-- (?<product>MySQL|MariaDB) dump (?<version>.*?),? for ")]
    private static partial Regex Header();

    [GeneratedRegex(@"^-- Host: (?<host>.*?)\s+Database: ?(?<database>.*?)\s*$")]
    private static partial Regex Host();

    [GeneratedRegex(@"(?:MASTER|SOURCE)_LOG_FILE\s*=\s*'(?<file>[^']*)'", RegexOptions.IgnoreCase)]
    private static partial Regex LogFile();

    [GeneratedRegex(@"(?:MASTER|SOURCE)_LOG_POS\s*=\s*(?<position>\d{1,18})", RegexOptions.IgnoreCase)]
    private static partial Regex LogPosition();

    [GeneratedRegex(@"\bGTID_(?:PURGED|SLAVE_POS)\s*=\s*(?:/\*!80000\s*'\+'\s*\*/\s*)?'(?<gtid>[^']*)'", RegexOptions.IgnoreCase)]
    private static partial Regex Gtid();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
