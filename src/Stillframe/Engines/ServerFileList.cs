using System.Text.RegularExpressions;

namespace Stillframe.Engines;

/// <summary>
/// Everything that a server needs to run with nothing else around it: itself, the program that asks for its health, loader and libraries, messages and character
/// sets, each where the loader and the server look for it without being told; and what law and scanners want to read.
/// </summary>
static partial class ServerFileList
{
    // where a loader looks without a configuration
    static readonly string[] DefaultLibraryParents = ["/lib", "/usr/lib", "/lib64", "/usr/lib64"];

    public static async Task<IReadOnlyList<ServerFile>> MakeAsync(HostServer server, CancellationToken cancellationToken)
    {
        var root = server.Unpacked?.Directory;
        var libraries = await SharedLibraries.ListAsync(server.Server, server.Unpacked, cancellationToken);
        if (server.Admin is not null)
            libraries = [.. libraries.Concat(await SharedLibraries.ListAsync(server.Admin, server.Unpacked, cancellationToken)).DistinctBy(library => library.Name)];
        var interpreter = ElfFile.ReadInterpreter(server.Server)!;
        var home = InImage(RealDirectory(libraries.First(library => library.Name.StartsWith("libc.", StringComparison.Ordinal)).Path, root), root);

        List<ServerFile> files =
        [
            new(InImage(server.Server, root), server.Server, Executable: true),
            .. server.Admin is { } admin ? [new ServerFile(InImage(admin, root), admin, Executable: true)] : (IEnumerable<ServerFile>)[],
            new(interpreter, Final(server.Unpacked?.Loader ?? interpreter), Executable: true),
            .. libraries.Select(library => new ServerFile(LibraryPath(library, root, home), Final(library.Path))),
            .. Messages(server.ShareDirectory).Select(path => new ServerFile(InImage(path, root), path)),
        ];

        var packages = server.Unpacked is { } unpacked
            ? await PackageRecords.OfUnpackedAsync(unpacked.Directory, files, cancellationToken)
            : await PackageRecords.OfInstalledAsync(files, cancellationToken);
        files.AddRange(packages.Select(package => new ServerFile($"/{PackageRecords.StatusDirectory}/{package.Name}", Content: package.Control)));
        files.AddRange(Licences(packages, root));
        if (File.Exists("/etc/os-release"))
            files.Add(new("/etc/os-release", Final("/etc/os-release"))); // tells scanners whose package versions these are
        return [.. files.OrderBy(file => file.ImagePath, StringComparer.Ordinal)];
    }

    static IEnumerable<string> Messages(string share) =>
        Directory.EnumerateFiles(Path.Combine(share, "charsets")).Append(Path.Combine(share, "english", "errmsg.sys"));

    static IEnumerable<ServerFile> Licences(IEnumerable<PackageRecord> packages, string? root)
    {
        var common = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var package in packages)
        {
            var path = $"{root}/usr/share/doc/{package.Name}/copyright";
            if (!File.Exists(path))
                continue;
            yield return new($"/usr/share/doc/{package.Name}/copyright", path);
            common.UnionWith(CommonLicence().Matches(File.ReadAllText(path)).Select(match => match.Value));
        }

        // texts that Debian's licences refer to instead of repeating them
        foreach (var path in common.Where(File.Exists))
            yield return new(path, Final(path));
    }

    static string LibraryPath(SharedLibrary library, string? root, string home)
    {
        var directory = InImage(RealDirectory(library.Path, root), root);
        var found = DefaultLibraryParents.Any(parent => directory == parent) || directory == home || Path.GetFileName(directory) == Path.GetFileName(home);
        return $"{(found ? directory : home)}/{library.Name}";
    }

    static string InImage(string path, string? root) => root is null ? path : path[root.Length..];

    static string Final(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    /// <summary>The directory of a file, without the links that merge <c>/lib</c> into <c>/usr/lib</c>.</summary>
    static string RealDirectory(string path, string? root)
    {
        var directory = Path.GetDirectoryName(path)!;
        for (var parent = directory; parent != root && Path.GetDirectoryName(parent) is { } above; parent = above)
        {
            if (Directory.ResolveLinkTarget(parent, returnFinalTarget: true) is { } target)
                return target.FullName + directory[parent.Length..];
        }

        return directory;
    }

    [GeneratedRegex(@"/usr/share/common-licenses/[A-Za-z0-9.-]*[A-Za-z0-9]")]
    private static partial Regex CommonLicence();
}
