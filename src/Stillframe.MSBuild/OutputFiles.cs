namespace Stillframe.MSBuild;

/// <summary>The list of what was written outside of obj, one path a line, for <c>dotnet clean</c>.</summary>
static class OutputFiles
{
    public static async Task AddAsync(string list, string path, CancellationToken cancellationToken)
    {
        var known = File.Exists(list) ? await File.ReadAllLinesAsync(list, cancellationToken) : [];
        Directory.CreateDirectory(Path.GetDirectoryName(list)!);
        await File.WriteAllLinesAsync(list, known.Append(Path.GetFullPath(path)).Distinct(StringComparer.Ordinal), cancellationToken);
    }
}
