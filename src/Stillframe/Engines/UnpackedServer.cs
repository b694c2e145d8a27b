using Stillframe.Oci;

namespace Stillframe.Engines;

/// <summary>Finds its way in a directory of unpacked packages.</summary>
static class UnpackedServer
{
    static readonly string[] LibraryParents = ["lib", "usr/lib"];

    /// <summary>Debian's name of this machine's architecture; null where the embedded engine has no server for it.</summary>
    public static string? Architecture => ArchitectureOf(Platform.Current);

    /// <summary>Debian's name, which is Go's here.</summary>
    public static string? ArchitectureOf(Platform platform) => platform.Architecture is "amd64" or "arm64" ? platform.Architecture : null;

    /// <exception cref="StillframeException">SF2008: something a server needs is not there.</exception>
    public static HostServer Describe(string root)
    {
        var server = Existing(root, "usr/sbin/mariadbd");
        var interpreter = ElfFile.ReadInterpreter(server)
            ?? throw Incomplete(root, "a dynamic loader's name in 'usr/sbin/mariadbd'");

        // distributions with a merged /usr ship below usr/ what programs look for in /lib
        var loader = Within(root, Existing(root, interpreter.TrimStart('/'), "usr" + interpreter));
        var libraries = LibraryParents
            .Select(name => Path.Combine(root, name))
            .Where(Directory.Exists)
            .SelectMany(directory => Directory.EnumerateDirectories(directory, "*-linux-gnu*"))
            .Order(StringComparer.Ordinal);
        var share = ShareDirectory.Find(Path.Combine(root, "usr")) ?? throw Incomplete(root, "the server's share directory");
        return new(
            server,
            share,
            new(root, loader, string.Join(':', libraries)),
            Path.Combine(root, AptServer.AdminFile) is var admin && File.Exists(admin) ? admin : null);
    }

    /// <summary>A package's links name paths of the root that it is made for, where this host has files of its own.</summary>
    static string Within(string root, string path)
    {
        while (new FileInfo(path).LinkTarget is { } target)
            path = Path.IsPathRooted(target) ? Existing(root, target.TrimStart('/'), "usr" + target) : Path.GetFullPath(target, Path.GetDirectoryName(path)!);
        return path;
    }

    static string Existing(string root, params string[] names) =>
        names.Select(name => Path.Combine(root, name)).FirstOrDefault(path => new FileInfo(path) is { Exists: true } or { LinkTarget: not null }) ?? throw Incomplete(root, $"'{names[0]}'");

    static StillframeException Incomplete(string root, string what) => new(
        ErrorCodes.PackagesUnavailable,
        $"The unpacked server in '{root}' lacks {what}. Delete that directory and build again, or use another engine.");
}
