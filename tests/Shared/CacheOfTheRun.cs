using System.Runtime.CompilerServices;

namespace Stillframe.TestRuns;

/// <summary>
/// Where all that a test run starts keeps its caches: a directory of the run's own, never the user's, and gone after it.
/// Only unpacked servers outlast it, in the tests' output directory; the first run fills it from the distribution's packages.
/// </summary>
static class CacheOfTheRun
{
    const string CacheHome = "XDG_CACHE_HOME", Given = "STILLFRAME_TEST_CACHE", SystemTables = "system-tables";

    /// <summary>As builds of this run find it by <c>XDG_CACHE_HOME</c>.</summary>
    public static string Directory => Path.Combine(Environment.GetEnvironmentVariable(Given)!, "stillframe");

    public static string Servers { get; } = Path.Combine(AppContext.BaseDirectory, "cache", "servers");

    [ModuleInitializer]
    internal static void Prepare()
    {
        if (Environment.GetEnvironmentVariable(Given) is { Length: > 0 })
            return; // a program that a test has started
        var directory = TemporaryDirectory.Create();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => directory.Dispose();
        Environment.SetEnvironmentVariable(Given, directory.Path);
        Environment.SetEnvironmentVariable(CacheHome, directory.Path);
        LinkServers(Directory);
    }

    /// <summary>Lets a cache directory have its servers in common with all others of these tests.</summary>
    public static void LinkServers(string cache) => Link(cache, "servers", Servers);

    /// <summary>Lets it have their system tables in common, too, which are the same for every dump.</summary>
    public static void LinkSystemTables(string cache) => Link(cache, SystemTables, Path.Combine(Directory, SystemTables));

    static void Link(string cache, string name, string target)
    {
        System.IO.Directory.CreateDirectory(target);
        System.IO.Directory.CreateDirectory(cache);
        File.CreateSymbolicLink(Path.Combine(cache, name), target);
    }
}
