using System.Security;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>
/// An empty folder outside the source tree, where projects restore the packed package from its feed into a package folder of
/// this test run: what was restored before (with the same version) never gets in, and nothing is left behind.
/// </summary>
public sealed class FreshFolder : IDisposable
{
    readonly TemporaryDirectory directory;

    FreshFolder(TemporaryDirectory directory, string path) => (this.directory, Path) = (directory, path);

    public string Path { get; }

    /// <param name="name">Name of the folder; one with spaces or non-ASCII letters tests just that.</param>
    public static async Task<FreshFolder> CreateAsync(string name = "app")
    {
        var package = await PackedPackage.GetAsync();
        var directory = TemporaryDirectory.Create();
        var folder = new FreshFolder(directory, System.IO.Path.Combine(directory.Path, name));
        Directory.CreateDirectory(folder.Path);
        await folder.WriteAsync("nuget.config", Configuration(package.Feed, System.IO.Path.Combine(CacheOfTheRun.Directory, "packages"), KnownPackages(directory.Path)));
        return folder;
    }

    public string PathOf(string relative) => System.IO.Path.Combine(Path, relative);

    public async Task WriteAsync(string relative, string content)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content);
    }

    /// <summary>Runs <c>dotnet</c> here, whatever its exit code.</summary>
    public Task<Processes.ProcessResult> DotNetAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        Command.RunAsync("dotnet", arguments, Path, environment);

    public void Dispose() => directory.Dispose();

    // packages that every project needs (runtime packs …) are read from the user's own folder rather than downloaded for each test
    static string Configuration(string feed, string packages, string known) => $"""
        <configuration>
          <packageSources>
            <add key="stillframe" value="{SecurityElement.Escape(feed)}" />
          </packageSources>
          <config>
            <add key="globalPackagesFolder" value="{SecurityElement.Escape(packages)}" />
          </config>
          <fallbackPackageFolders>
            <add key="user" value="{SecurityElement.Escape(known)}" />
          </fallbackPackageFolders>
        </configuration>
        """;

    /// <summary>Makes a folder of the packages that this user has, by links, so that a package under test that some other build has restored there is not among them.</summary>
    /// <param name="except">Ids that have to be restored all the same.</param>
    public static string KnownPackages(string directory, params string[] except)
    {
        var user = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var known = System.IO.Path.Combine(directory, "known");
        Directory.CreateDirectory(known);
        if (Directory.Exists(user))
        {
            foreach (var package in Directory.EnumerateDirectories(user).Where(path => !PackedPackage.Ids.Concat(except).Contains(System.IO.Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)))
                Directory.CreateSymbolicLink(System.IO.Path.Combine(known, System.IO.Path.GetFileName(package)), package);
        }

        return known;
    }
}
