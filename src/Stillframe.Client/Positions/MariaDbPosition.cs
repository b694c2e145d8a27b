using System.Globalization;

namespace Stillframe.Client.Positions;

/// <summary>In each domain, the last transaction: those before it in the same domain are contained, too.</summary>
/// <remarks>MariaDB manual, "Global Transaction ID": domain, server that wrote it, number in the domain.</remarks>
sealed class MariaDbPosition : FramePosition
{
    readonly SortedDictionary<uint, (uint Server, ulong Number)> last = [];

    public static MariaDbPosition? TryParse(string text)
    {
        var position = new MariaDbPosition();
        foreach (var gtid in text.Split(','))
        {
            var parts = gtid.Trim().Split('-');
            if (parts.Length != 3
                || !uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var domain)
                || !uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var server)
                || !ulong.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            position.Add(domain, (server, number));
        }

        return position;
    }

    public override bool Contains(FramePosition other) =>
        other is MariaDbPosition theirs && theirs.last.All(one => last.TryGetValue(one.Key, out var ours) && one.Value.Number <= ours.Number);

    public override FramePosition With(FramePosition other)
    {
        if (other is not MariaDbPosition theirs)
            return Unknown;
        var both = new MariaDbPosition();
        foreach (var (domain, gtid) in last.Concat(theirs.last))
            both.Add(domain, gtid);
        return both;
    }

    public override string ToString() => string.Join(',', last.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key}-{one.Value.Server}-{one.Value.Number}")));

    void Add(uint domain, (uint Server, ulong Number) gtid)
    {
        if (!last.TryGetValue(domain, out var known) || known.Number < gtid.Number)
            last[domain] = gtid;
    }
}
