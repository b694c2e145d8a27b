using System.Text.RegularExpressions;

namespace Stillframe.Tests.House;

/// <summary>CONTRIBUTING.md draws which folder uses which, leaving out what follows from the rest, and the folders that are known everywhere.</summary>
public partial class ThePicture
{
    const string Root = "Conductor";

    static readonly string[] Everywhere = ["Reporting", "Files"];

    static readonly Dictionary<string, HashSet<string>> uses =
        Folders.Files.Keys.Except(Everywhere).ToDictionary(folder => folder, folder => Folders.UsedBy(folder).Select(used => used.Folder).Except(Everywhere).ToHashSet());

    [Fact]
    public void Shows_what_the_code_uses()
    {
        var (nodes, edges) = Read(Drawn().Match(File.ReadAllText(Repository.PathOf("CONTRIBUTING.md"))).Groups[1].Value);
        var (rightNodes, rightEdges) = Read(Picture());
        var wrong = rightEdges.Except(edges).Select(edge => $"missing: {edge}")
            .Concat(edges.Except(rightEdges).Select(edge => $"too many: {edge}"))
            .Concat(rightNodes.Except(nodes).Select(node => $"missing: {node}"))
            .Concat(nodes.Except(rightNodes).Select(node => $"too many: {node}"))
            .Order(StringComparer.Ordinal).ToList();
        Assert.True(wrong.Count == 0, $"CONTRIBUTING.md draws other folders than there are.\n{string.Join('\n', wrong)}\nThe right picture:\n\n```mermaid\n{Picture()}```\n");
    }

    [Fact]
    public void Is_read_as_it_is_written()
    {
        var (nodes, edges) = Read("graph TD\n  A[\"a\"] --> B & C\n  D\n");
        Assert.Equal(["A", "B", "C", "D"], nodes.Order());
        Assert.Equal(["A --> B", "A --> C"], edges.Order());
    }

    /// <summary>Whoever uses most comes first.</summary>
    static string Picture()
    {
        var lines = from folder in uses.Keys
                    orderby Reached(folder).Count descending, folder
                    let used = uses[folder].Where(used => !uses[folder].Any(other => other != used && Reached(other).Contains(used))).Select(Node).Order(StringComparer.Ordinal).ToList()
                    let isUsed = uses.Values.Any(others => others.Contains(folder))
                    where used.Count > 0 || !isUsed
                    select $"  {Node(folder)}{Label(folder)}{(used.Count > 0 ? " --> " : "")}{string.Join(" & ", used)}\n";
        return "graph TD\n" + string.Concat(lines);
    }

    /// <summary>All that a folder uses, others between them or not.</summary>
    static HashSet<string> Reached(string from)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>([from]);
        while (next.TryPop(out var folder))
        {
            foreach (var used in uses[folder].Where(reached.Add))
                next.Push(used);
        }

        return reached;
    }

    static string Node(string folder) => folder is "" ? Root : folder.Replace(".", "", StringComparison.Ordinal);

    static string Label(string folder) => folder.Contains('.', StringComparison.Ordinal) ? $"[\"{folder.Replace('.', '/')}\"]" : "";

    static (HashSet<string> Nodes, HashSet<string> Edges) Read(string picture)
    {
        var lines = picture.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => Labels().Replace(line, "").Split("-->").Select(side => side.Split('&', StringSplitOptions.TrimEntries)).ToArray())
            .ToList();
        return (
            [.. lines.SelectMany(sides => sides.SelectMany(side => side))],
            [.. lines.Where(sides => sides.Length == 2).SelectMany(sides => sides[0].SelectMany(from => sides[1].Select(to => $"{from} --> {to}")))]);
    }

    [GeneratedRegex(@"```mermaid\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Drawn();

    [GeneratedRegex(@"\["".*?""\]")]
    private static partial Regex Labels();
}
