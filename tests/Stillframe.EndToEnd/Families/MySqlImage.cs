using Stillframe.Dumps;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;

namespace Stillframe.EndToEnd.Families;

/// <summary>A base image with the MySQL that is unpacked for tests, as small as one can be that a build takes: the server, what asks it, and a shell.</summary>
static class MySqlImage
{
    public const string Name = "mysql:9-test";

    static readonly Lazy<Task> made = new(MakeAsync);

    /// <summary>Which the tests' engine has from then on.</summary>
    public static async Task<string> GetAsync()
    {
        await made.Value;
        return Name;
    }

    /// <summary>The same options, for a frame on it.</summary>
    public static async Task<EngineOptions> OptionsAsync(EngineOptions options) => options with { Server = ServerKind.MySql, BaseImage = await GetAsync() };

    static async Task MakeAsync()
    {
        var root = $"{Needs.MySql}/root";
        using var more = TemporaryDirectory.Create();
        string In(string path) => Path.Combine(more.Path, path);
        foreach (var directory in (string[])["etc", "lib64", "usr/bin", "usr/lib"])
            Directory.CreateDirectory(In(directory));
        foreach (var name in (string[])["bin", "sbin", "lib"])
            File.CreateSymbolicLink(In(name), $"usr/{name}");
        foreach (var applet in (string[])["sh", "mkdir", "chown", "dirname", "cat", "true"])
            File.CreateSymbolicLink(In($"usr/bin/{applet}"), "busybox");
        var libraries = Directory.EnumerateDirectories($"{root}/usr/lib", "*-linux-gnu").Single();
        var loader = Directory.EnumerateFiles(libraries, "ld-linux-*.so.*").Single();
        foreach (var directory in (string[])["lib64", "usr/lib"]) // one of them, by the processor
            File.CreateSymbolicLink(In($"{directory}/{Path.GetFileName(loader)}"), loader[root.Length..]);
        await File.WriteAllTextAsync(In("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nmysql:x:999:999:MySQL:/nonexistent:/bin/false\n");
        await Command.SucceedAsync(
            "/bin/sh",
            [
                "-c", """set -e; tar -cf - --exclude=perl --exclude=perl-base -C "$1" usr/sbin/mysqld usr/bin/mysqladmin usr/bin/busybox usr/share/mysql usr/lib/mysql/private "$4" -C "$2" . | docker import - "$3" """,
                "sh", root, more.Path, Name, libraries[(root.Length + 1)..],
            ]);
    }
}
