using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>The sessions that files with rows make for them, which are looked into when their tables are to be loaded.</summary>
/// <param name="steps">Of the dump's first part; gets those of these sessions.</param>
sealed class RowFileSessions(List<ScriptStep> steps)
{
    readonly Dictionary<string, SessionPoint> points = [];

    /// <summary>Looks into files that were not read yet, as far as the session goes that they make for their rows. To be called before that session is run.</summary>
    /// <exception cref="StillframeException">SF1xxx: they are not what they were.</exception>
    public void Open(IEnumerable<TableRows> tables, DumpOptions options, CancellationToken cancellationToken)
    {
        foreach (var rows in tables)
        {
            if (rows.Unread is not { } file || rows.Segments.Count > 0)
                continue;
            var head = new List<ScriptStep>();
            foreach (var statement in DumpReader.Read([file.Path], options, SilentReporter.Instance, cancellationToken))
            {
                if (statement.Kind == StatementKind.Rows)
                {
                    rows.Open(new(file.Path, statement.Location.Offset, statement.Location, statement.Modes, PointAfter(head, file.Path)) { File = file });
                    break;
                }

                if (statement.Kind is StatementKind.Session or StatementKind.UseSchema)
                    head.Add(new(statement with { Text = statement.Text.ToArray() }, null, file.Path));
            }
        }
    }

    /// <summary>Files that make the same session share a point of it: it is run once.</summary>
    SessionPoint PointAfter(List<ScriptStep> head, string file)
    {
        var key = string.Join(";\n", head.Where(step => step.Statement!.Kind == StatementKind.Session).Select(step => Encoding.Latin1.GetString(step.Statement!.Text.Span)));
        if (points.TryGetValue(key, out var point))
            return point;
        steps.AddRange(head);
        steps.Add(new(null, point = points[key] = new(), file));
        return point;
    }
}
