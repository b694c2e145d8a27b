using System.Text;
using System.Text.RegularExpressions;
using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Binlog;

/// <summary>Tables that a piece of a log may have changed: rather too many than too few.</summary>
sealed partial class TouchedTables
{
    readonly HashSet<string> rows = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> definitions = [];

    /// <summary>Takes an event in.</summary>
    /// <exception cref="UnclearLogException">It may have changed anything.</exception>
    public void Add(LogEvent one)
    {
        switch (one.Type)
        {
            case LogEventType.TableMap:
                // MariaDB names here also the tables that a foreign key passes a change on to
                var body = new PacketReader(one.Body[8..]);
                rows.Add(Key(Encoding.UTF8.GetString(body.Counted()), Encoding.UTF8.GetString(AfterZero(ref body))));
                break;
            case LogEventType.Query or LogEventType.CompressedQuery:
                if (LoggedQuery.Definition(one.Body, one.Type == LogEventType.CompressedQuery) is { } text)
                    definitions.Add(text);
                break;
            case LogEventType.Gtid when one.IsXa:
                throw new UnclearLogException("it has a transaction in two phases (XA)");
            case LogEventType.Gtid or LogEventType.GtidList or LogEventType.Checkpoint or LogEventType.AnnotateRows or LogEventType.Heartbeat
                or LogEventType.FormatDescription or LogEventType.Rotate or LogEventType.Stop or LogEventType.Xid
                or (>= LogEventType.FirstRowsV1 and <= LogEventType.LastRowsV1) or (>= LogEventType.FirstRows and <= LogEventType.LastRows)
                or (>= LogEventType.FirstCompressedRows and <= LogEventType.LastCompressedRows):
            case LogEventType.MySqlGtid or LogEventType.TaggedGtid or LogEventType.PreviousGtids or LogEventType.TransactionContext or LogEventType.ViewChange or LogEventType.HeartbeatV2
                or LogEventType.RowsQuery or LogEventType.PartialRows:
                break;
            case LogEventType.Payload:
                throw new UnclearLogException("its transactions are compressed (binlog_transaction_compression)");
            default:
                throw new UnclearLogException($"it has an event of the unknown type {(byte)one.Type}");
        }
    }

    /// <summary>Whether rows of it changed, or a statement that defines something has its name anywhere.</summary>
    public bool Contain(TableName table) => rows.Contains(Key(table.Schema, table.Name)) || definitions.Exists(text => MayName(text, table.Name) || (OfSchema().IsMatch(text) && MayName(text, table.Schema)));

    /// <summary>The statement is in an unknown character set, of which only ASCII is sure; quotes in a name are doubled there.</summary>
    static bool MayName(string statement, string name) => name.Any(c => !char.IsAscii(c) || c is '`' or '"')
        ? name.Any(c => c is '`' or '"') || statement.Any(c => !char.IsAscii(c))
        : statement.Contains(name, StringComparison.OrdinalIgnoreCase);

    static ReadOnlySpan<byte> AfterZero(ref PacketReader reader)
    {
        reader.Byte(); // the schema's name ends with one
        return reader.Counted();
    }

    static string Key(string schema, string name) => $"{schema}\0{name}";

    [GeneratedRegex(@"\b(DATABASE|SCHEMA)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfSchema();
}
