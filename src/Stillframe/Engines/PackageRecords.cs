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

    const string NameField = "Package: ";

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
        var names = Owners(owners.Output);
        if (names.Count == 0)
            return [];
        var status = await ChildProcess.RunAsync("dpkg-query", ["-s", .. names], cancellationToken: cancellationToken);
        return Paragraphs(status.Output);
    }

    /// <summary>One a package, with an empty line between two.</summary>
    internal static IReadOnlyList<PackageRecord> Paragraphs(string text) =>
    [
        .. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(paragraph => paragraph.StartsWith(NameField, StringComparison.Ordinal))
            .Select(paragraph => new PackageRecord(paragraph[NameField.Length..].Split('\n')[0], Encoding.UTF8.GetBytes(paragraph.TrimEnd('\n') + "\n"))),
    ];

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
