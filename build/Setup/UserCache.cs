/// <summary>What the build keeps between runs, for all checkouts of a user; it may be deleted at any time.</summary>
static class UserCache
{
    public static string Directory { get; } = Path.Combine(Parent(), "stillframe-build");

    static string Parent()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set)
            return set;
        return OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
    }
}
