namespace Stillframe.TestRuns;

/// <summary>The source tree these tests belong to.</summary>
static class Repository
{
    /// <summary>Its root: the nearest directory above the test assembly with <c>Build.sln</c>.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    static string Find(string? directory)
    {
        while (directory is not null && !File.Exists(Path.Combine(directory, "Build.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException("Build.sln is in no directory above the tests.");
    }
}
