namespace Stillframe.EndToEnd.Attacks;

/// <summary>A directory that everybody may write in, with a file that everybody may read: whoever gets out leaves a trace here.</summary>
sealed class Canaries : IDisposable
{
    readonly string directory = Directory.CreateDirectory(Path.Combine("/tmp", $"canaries-{Path.GetRandomFileName()[..8]}")).FullName;

    public Canaries()
    {
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_111_111);
        Secret = Path.Combine(directory, "secret.txt");
        File.WriteAllText(Secret, Word + "\n");
    }

    public string Secret { get; }

    /// <summary>What must be found nowhere.</summary>
    public string Word { get; } = $"tweet-{Guid.NewGuid():N}";

    public string Of(string sql) => sql
        .Replace("{file}", Path.Combine(directory, "written"), StringComparison.Ordinal)
        .Replace("{secret}", Secret, StringComparison.Ordinal)
        .Replace("{dir}", directory, StringComparison.Ordinal);

    /// <summary>Everything there but the secret, which is removed; empty where nobody got out.</summary>
    public IReadOnlyList<string> Written()
    {
        var found = Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories).Where(path => path != Secret).ToList();
        foreach (var path in found.Where(File.Exists))
            File.Delete(path);
        return found;
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
