using Stillframe.Processes;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>A server of a newer suite than the host's, unpacked by the build (<c>build/Setup/NewerServer.cs</c>): its programs are started by their own loader, since they are of a newer libc.</summary>
/// <param name="directory">With <c>root</c> and <c>data</c>.</param>
/// <param name="more">Directories of libraries, below <c>root/usr</c>.</param>
sealed class UnpackedForTests(string directory, params string[] more)
{
    public string Root { get; } = $"{directory}/root/usr";

    /// <summary>What starts a program and its path, below <c>root/usr</c>.</summary>
    public IReadOnlyList<string> Program(string path)
    {
        var libraries = Directory.EnumerateDirectories($"{Root}/lib", "*-linux-gnu").Single();
        return [Directory.EnumerateFiles(libraries, "ld-linux-*.so.*").Single(), "--library-path", string.Join(':', more.Select(one => $"{Root}/{one}").Prepend(libraries)), $"{Root}/{path}"];
    }

    /// <summary>A data directory that nobody has used.</summary>
    public Task CopyDataAsync(string to) => SucceedAsync("cp", ["--recursive", "--reflink=auto", $"{directory}/data", to]);

    /// <summary>A base image with it, as small as one can be that a build takes: the server, what asks it, and a shell.</summary>
    public async Task MakeMySqlImageAsync(string name)
    {
        var root = $"{directory}/root";
        using var more = TemporaryDirectory.Create();
        string In(string path) => Path.Combine(more.Path, path);
        foreach (var made in (string[])["etc", "lib64", "tmp", "usr/bin", "usr/lib"])
            Directory.CreateDirectory(In(made));
        File.SetUnixFileMode(In("tmp"), (UnixFileMode)0b001_111_111_111); // what is mounted there takes it over
        foreach (var merged in (string[])["bin", "sbin", "lib"])
            File.CreateSymbolicLink(In(merged), $"usr/{merged}");
        foreach (var applet in (string[])["sh", "mkdir", "chown", "dirname", "cat", "true"])
            File.CreateSymbolicLink(In($"usr/bin/{applet}"), "busybox");
        var libraries = Directory.EnumerateDirectories($"{root}/usr/lib", "*-linux-gnu").Single();
        var loader = Directory.EnumerateFiles(libraries, "ld-linux-*.so.*").Single();
        foreach (var place in (string[])["lib64", "usr/lib"]) // one of them, by the processor
            File.CreateSymbolicLink(In($"{place}/{Path.GetFileName(loader)}"), loader[root.Length..]);
        await File.WriteAllTextAsync(In("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nmysql:x:999:999:MySQL:/nonexistent:/bin/false\n");
        await SucceedAsync(
            "/bin/sh",
            [
                "-c", """set -e; tar -cf - --exclude=perl --exclude=perl-base -C "$1" usr/sbin/mysqld usr/bin/mysqladmin usr/bin/busybox usr/share/mysql usr/lib/mysql/private "$4" -C "$2" . | docker import - "$3" """,
                "sh", root, more.Path, name, libraries[(root.Length + 1)..],
            ]);
    }

    static async Task SucceedAsync(string program, IReadOnlyList<string> arguments)
    {
        var result = await ChildProcess.RunAsync(program, arguments);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.AllOutput}");
    }
}
