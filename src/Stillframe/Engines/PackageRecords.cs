using System.Text;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>A Debian package, and the paragraph that describes it.</summary>
sealed record PackageRecord(string Name, byte[] Control);

/// <summary>Finds the packages that files come from.</summary>
static class PackageRecords
{
    /// <summary>One control paragraph a package, as scanners of images without dpkg expect it.</summary>
    public const string StatusDirectory = "var/lib/dpkg/status.d";

    /// <summary>One list of files a package, as dpkg keeps them.</summary>
    public const string ListDirectory = "var/lib/dpkg/info";

    /// <summary>From the lists that <see cref="ServerCache"/> wrote.</summary>
    public static async Task<IReadOnlyList<PackageRecord>> OfUnpackedAsync(string root, IEnumerable<ServerFile> files, CancellationToken cancellationToken)
    {
        var wanted = files.SelectMany(file => Names(file.ImagePath)).ToHashSet(StringComparer.Ordinal);
        var packages = new List<PackageRecord>();
        foreach (var list in Directory.EnumerateFiles(Path.Combine(root, ListDirectory), "*.list").Order(StringComparer.Ordinal))
        {
            if (!(await File.ReadAllLinesAsync(list, cancellationToken)).Any(wanted.Contains))
                continue;
            var name = Path.GetFileNameWithoutExtension(list);
            packages.Add(new(name, await File.ReadAllBytesAsync(Path.Combine(root, StatusDirectory, name), cancellationToken)));
        }

        return packages;
    }

    /// <summary>From the host's dpkg; nothing where there is none.</summary>
    public static async Task<IReadOnlyList<PackageRecord>> OfInstalledAsync(IEnumerable<ServerFile> files, CancellationToken cancellationToken)
    {
        if (ChildProcess.Find("dpkg-query") is null)
            return [];

        // exit code 1 says that some names are unknown, as one of each pair is
        var owners = await ChildProcess.RunAsync("dpkg-query", ["-S", .. files.SelectMany(file => Names(file.ImagePath))], cancellationToken: cancellationToken);
        var packages = new List<PackageRecord>();
        foreach (var owner in Owners(owners.Output))
        {
            var status = await ChildProcess.RunAsync("dpkg-query", ["-s", owner], cancellationToken: cancellationToken);
            if (status.ExitCode == 0)
                packages.Add(new(owner.Split(':')[0], Encoding.UTF8.GetBytes(status.Output)));
        }

        return packages;
    }

    /// <summary><c>libc6:amd64: /lib/…</c></summary>
    internal static IReadOnlyList<string> Owners(string text) =>
    [
        .. text.Split('\n')
            .Where(line => line.Contains(": /", StringComparison.Ordinal) && !line.StartsWith("diversion ", StringComparison.Ordinal))
            .Select(line => line[..line.IndexOf(": /", StringComparison.Ordinal)].Split(',')[0])
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    // where /lib is a link to /usr/lib, packages may still list the older name
    static IEnumerable<string> Names(string path)
    {
        yield return path;
        yield return path.StartsWith("/usr/", StringComparison.Ordinal) ? path["/usr".Length..] : "/usr" + path;
    }
}
