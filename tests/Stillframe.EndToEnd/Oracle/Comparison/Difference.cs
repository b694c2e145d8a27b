using System.Text;

namespace Stillframe.EndToEnd.Oracle.Comparison;

/// <summary>One thing that the client's server and the frame have otherwise, or that only one of them has.</summary>
sealed record Difference(string Name, string? Client, string? Frame)
{
    public bool IsCounter => Name.EndsWith(": AUTO_INCREMENT", StringComparison.Ordinal);

    public static IReadOnlyList<Difference> Between(SortedDictionary<string, string> client, SortedDictionary<string, string> frame) =>
    [
        .. from name in client.Keys.Union(frame.Keys).Order(StringComparer.Ordinal)
           let one = client.GetValueOrDefault(name)
           let other = frame.GetValueOrDefault(name)
           where one != other
           select new Difference(name, one, other),
    ];

    /// <summary>The lines that differ.</summary>
    public override string ToString()
    {
        if (Client is null || Frame is null)
            return $"{Name}: only {(Client is null ? "the frame" : "the client's server")} has it";
        var (client, frame) = (Client.Split('\n'), Frame.Split('\n'));
        var text = new StringBuilder($"{Name}:");
        foreach (var line in client.Except(frame).Take(5))
            text.Append($"\n  client: {Short(line)}");
        foreach (var line in frame.Except(client).Take(5))
            text.Append($"\n  frame:  {Short(line)}");
        return text.ToString();
    }

    static string Short(string line) => (line.Length > 400 ? line[..400] + "…" : line).Replace("\r", "␍", StringComparison.Ordinal);
}
