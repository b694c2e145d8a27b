using System.Text;

namespace Stillframe.Refreshing;

/// <summary>The file that says which images belong together, by lines <c>NAME=value</c>: for compose, for whoever rolls them out, and for people.</summary>
public static class ImagesFile
{
    /// <summary>Sets one line, and leaves the others as they are.</summary>
    /// <exception cref="StillframeException">SF3001.</exception>
    public static async Task SetAsync(string path, string name, string value, CancellationToken cancellationToken)
    {
        var (start, line) = (name + "=", $"{name}={value}");
        List<string> lines = File.Exists(path) ? [.. await File.ReadAllLinesAsync(path, cancellationToken)] : [];
        if (lines.FindIndex(one => one.StartsWith(start, StringComparison.Ordinal)) is var at and >= 0)
            lines[at] = line;
        else
            lines.Add(line);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new NewFile(path);
        await file.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), cancellationToken);
        await file.CommitAsync();
    }
}
