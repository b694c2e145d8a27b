using System.Globalization;

namespace Stillframe.EndToEnd.Oracle;

/// <summary>What a long run has behind it: a seed, and the frames whose dumps have passed; a line each in a file.</summary>
sealed class SoakState(string path)
{
    readonly Lock gate = new();

    public long Seed { get; private set; }

    public HashSet<int> Passed { get; } = [];

    /// <summary>Reads the state, or begins anew.</summary>
    /// <param name="seed">Null goes on with the seed of the state, or takes any.</param>
    public void Open(long? seed)
    {
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        var before = lines is [var first, ..] && long.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read) ? read : (long?)null;
        Seed = seed ?? before ?? Random.Shared.Next();
        if (Seed == before)
        {
            // the last line may be cut off
            Passed.UnionWith(lines.Skip(1).Where(line => line.EndsWith('.')).Select(line => int.Parse(line[..^1], CultureInfo.InvariantCulture)));
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{Seed}\n"));
    }

    public void Add(int start)
    {
        lock (gate)
            File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{start}.\n"));
    }

    /// <summary>The next run begins anew.</summary>
    public void Close() => File.Delete(path);
}
