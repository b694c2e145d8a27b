using System.Globalization;

namespace Stillframe.Inspection;

/// <summary>A difference as people read it.</summary>
sealed class DifferenceText(FrameDifference difference)
{
    public IEnumerable<string> Lines()
    {
        foreach (var line in Sides().Lines())
            yield return line;
        yield return "";
        if (difference.Tables.Count > 0)
        {
            foreach (var line in Tables().Lines())
                yield return line;
            yield return "";
        }

        yield return Summary();
        if (difference.Pull is { } pull)
            yield return Pull(pull);
    }

    TextTable Sides()
    {
        var sides = new TextTable("", "what", "data version", "dump", "server", "place");
        foreach (var (name, side) in new[] { ("from", difference.From), ("to", difference.To) })
            sides.Add(name, side.Kind.ToString().ToLowerInvariant(), Short(side.DataVersion), Short(side.DumpFingerprint), side.Server ?? "-", side.Place);
        return sides;

        static string Short(string? digits) => digits is null ? "-" : digits[..Math.Min(12, digits.Length)];
    }

    TextTable Tables()
    {
        var tables = new TextTable("table", "change", "<rows from", "<rows to", $"<{Bytes(difference.From)} from", $"<{Bytes(difference.To)} to"); // a master's bytes are not known
        foreach (var table in difference.Tables)
            tables.Add(table.FullName.ToString(), table.Change, Rows(table.From), Rows(table.To), Size(table.From), Size(table.To));
        return tables;

        static string Bytes(ComparedData side) => side.Kind == DataKind.Frame ? "files" : "text";
        static string Rows(TableSize? size) => size is null ? "-" : size.Rows.ToString("N0", CultureInfo.InvariantCulture);
        static string Size(TableSize? size) => size is null ? "-" : ByteCount.Text(size.Bytes);
    }

    string Summary()
    {
        var count = difference.Tables.Count;
        if (count > 0)
        {
            var added = difference.Tables.Count(table => table.From is null);
            var removed = difference.Tables.Count(table => table.To is null);
            return $"Tables: {added} added, {removed} removed, {count - added - removed} changed, {difference.SameTables} the same.";
        }

        var same = $"No table differs ({difference.SameTables} the same)";
        if (difference is { From.DumpFingerprint: { } before, To.DumpFingerprint: { } after } && before != after)
            return $"{same}; something else in the dump does: a view, a routine, a trigger, or a statement of another kind.";
        if (difference.From.Digest is { } from && difference.To.Digest is { } to)
            return from == to ? $"{same}; it is the same image." : $"{same}; the images do: the server, its options, scripts, accounts, or what the labels say.";
        return $"{same}.";
    }

    string Pull(PullSize pull)
    {
        var subject = pull.Estimated ? $"A pull of a frame of the second would transfer{(pull.Layers == 0 ? "" : " about")}" : "A pull of the second transfers";
        var of = pull.Layers == 0
            ? "no layer"
            : $"{pull.Layers} of {pull.AllLayers} layers, {ByteCount.Text(pull.Bytes)} of {ByteCount.Text(pull.AllBytes)}";
        return $"{subject} {of}{(difference.From.Layers is null ? "" : ", where the first is there")}.";
    }
}
