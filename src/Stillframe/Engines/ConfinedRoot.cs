using System.ComponentModel;
using System.Runtime.Versioning;
using System.Text;

namespace Stillframe.Engines;

/// <summary>
/// The root directory of a confined server, made of empty directories and files on which what it needs is mounted at the same paths; the mounts are a table for
/// <c>mount --all</c>, so that one program makes all of them, and only the server's namespace has them.
/// </summary>
static class ConfinedRoot
{
    const string Device = "bind", Read = "bind,ro,nosuid,nodev", Write = "bind,nosuid,nodev";

    const uint Root = 0, Nobody = 65534;

    const UnixFileMode ForAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <param name="user">Whose the writable directories are from now on; null for the build's own.</param>
    /// <returns>Path of the table, in the form of fstab(5).</returns>
    /// <exception cref="Win32Exception">The build may not give directories away.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    [UnsupportedOSPlatform("windows")]
    public static string Make(HostServer server, WorkPlace place, uint? user)
    {
        var table = new StringBuilder();
        void Mount(string from, string to, string options) => table.Append(Escaped(from)).Append(' ').Append(Escaped(to)).Append(" none ").Append(options).Append(" 0 0\n");

        Mount(place.Root, place.Root, Read);
        MakeDirectories(place.Root, "/etc");
        MakeDirectories(place.Root, "/tmp");
        MakeDirectories(place.Root, place.Empty);
        File.WriteAllText(place.Root + "/etc/passwd", $"stillframe:x:{user ?? Nobody}:{user ?? Nobody}::/:\n");
        foreach (var device in (string[])["/dev/null", "/dev/urandom"])
            Bind(device, Device);
        foreach (var (path, isLink) in server.Needs())
        {
            if (!isLink)
                Bind(path, Read);
            else if (!Path.Exists(place.Root + path) && new FileInfo(place.Root + path).LinkTarget is null)
                File.CreateSymbolicLink(place.Root + path, new FileInfo(path).LinkTarget!);
        }

        foreach (var path in place.Writable)
        {
            if (Environment.IsPrivilegedProcess)
                FileOwner.Give(path, user ?? Root); // perhaps another one has had them, that could not be used
            Bind(path, Write);
        }

        var file = Path.Combine(place.Parent, "mounts");
        File.WriteAllText(file, table.ToString());
        return file;

        void Bind(string path, string options)
        {
            MakeDirectories(place.Root, Directory.Exists(path) ? path : Path.GetDirectoryName(path)!);
            if (!Path.Exists(place.Root + path))
                File.WriteAllBytes(place.Root + path, []);
            Mount(path, place.Root + path, options);
        }
    }

    /// <summary>Whatever the umask is, the server may look into them.</summary>
    [UnsupportedOSPlatform("windows")]
    static void MakeDirectories(string root, string path)
    {
        var made = root;
        File.SetUnixFileMode(made, ForAll);
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            made = $"{made}/{part}";
            if (Directory.Exists(made))
                continue;
            Directory.CreateDirectory(made);
            File.SetUnixFileMode(made, ForAll);
        }
    }

    /// <summary>fstab(5): spaces are written in octal.</summary>
    static string Escaped(string path) =>
        path.Replace("\\", "\\134", StringComparison.Ordinal).Replace(" ", "\\040", StringComparison.Ordinal).Replace("\t", "\\011", StringComparison.Ordinal).Replace("\n", "\\012", StringComparison.Ordinal).Replace("#", "\\043", StringComparison.Ordinal);
}
