using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Stillframe.Binlog;

/// <summary>Numbers of MySQL's transactions, by the server that began them.</summary>
sealed partial class GtidSet
{
    readonly List<(Guid Server, List<(long First, long Last)> Numbers)> servers = [];

    GtidSet()
    {
    }

    /// <param name="text">As <c>@@gtid_executed</c>: <c>uuid:1-77:80,uuid:1-5</c>.</param>
    /// <exception cref="UnclearLogException">It is not of that kind; so are sets with tags, which MySQL 8.3 and later may have.</exception>
    public static GtidSet Parse(string text)
    {
        var set = new GtidSet();
        foreach (var one in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var match = OfServer().Match(one);
            if (!match.Success)
                throw new UnclearLogException($"it numbers transactions in a form that is unknown here, '{one}'");
            set.servers.Add((Guid.Parse(match.Groups["server"].Value), [.. match.Groups["numbers"].Captures.Select(captured => Numbers(captured.Value))]));
        }

        return set;
    }

    /// <summary>As replicas send it. MySQL's sql/rpl_gtid_set.cc, <c>Gtid_set::encode</c>: ends are those after the last one.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[8 + servers.Sum(server => 16 + 8 + 16 * server.Numbers.Count)];
        var rest = bytes.AsSpan();
        Number(ref rest, servers.Count);
        foreach (var (server, numbers) in servers)
        {
            server.TryWriteBytes(rest, bigEndian: true, out var length);
            rest = rest[length..];
            Number(ref rest, numbers.Count);
            foreach (var (first, last) in numbers)
            {
                Number(ref rest, first);
                Number(ref rest, last + 1);
            }
        }

        return bytes;

        static void Number(ref Span<byte> rest, long number)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, number);
            rest = rest[8..];
        }
    }

    static (long First, long Last) Numbers(string text)
    {
        var ends = text.Split('-');
        return (long.Parse(ends[0], CultureInfo.InvariantCulture), long.Parse(ends[^1], CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("^(?<server>[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(:(?<numbers>[0-9]{1,18}(-[0-9]{1,18})?))+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex OfServer();
}
