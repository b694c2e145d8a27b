using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Engines;

[Collection(nameof(Engines))]
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class AServersOwnFiles : IDisposable
{
    const string MysqlUser = "999:999";
    const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    const UnixFileMode Readable = (UnixFileMode)0b110_100_100;

    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public static TheoryData<EngineKind> HostEngines => Bench.EnginesOf(EngineKind.Local, EngineKind.Embedded);

    public void Dispose() => work.Dispose();

    [NeedsTheory(Need.Root)]
    [MemberData(nameof(HostEngines))]
    public async Task Run_with_nothing_else_around_them(EngineKind kind)
    {
        await using var bench = await Bench.OpenAsync(kind, work.Path);
        var root = Write(await bench.ServerFilesAsync(CancellationToken.None));
        await Bench.BootstrapAsync(bench);
        Directory.Move(await bench.TakeDataDirectoryAsync(CancellationToken.None), $"{root}/data");
        Directory.CreateDirectory($"{root}/tmp");
        await Command.SucceedAsync("chown", ["-R", MysqlUser, $"{root}/data", $"{root}/tmp"]);
        File.SetUnixFileMode(work.Path, Executable);

        await using var server = SupervisedProcess.Start(
            [
                "chroot", $"--userspec={MysqlUser}", root, "/usr/sbin/mariadbd", "--no-defaults", "--datadir=/data", "--tmpdir=/tmp", "--socket=/tmp/s",
                "--pid-file=/tmp/p", "--skip-networking", .. Bench.SmallServer,
            ]);
        var socket = new Connections.ServerEndpoint.UnixSocket($"{root}/tmp/s");
        await Eventually.IsTrueAsync(async () => server.Exited.IsCompleted || await Readiness.IsSeenAsync(socket, CancellationToken.None), () => "The server runs and does not answer.");
        var greeted = await Readiness.IsSeenAsync(socket, CancellationToken.None);
        await server.DisposeAsync();

        Assert.True(greeted, server.LogTail);
        Assert.DoesNotContain("[ERROR]", server.LogTail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostEngines))]
    public async Task Are_small_and_say_which_packages_and_licences_they_are(EngineKind kind)
    {
        await using var bench = await Bench.OpenAsync(kind, work.Path);
        var files = await bench.ServerFilesAsync(CancellationToken.None);

        Assert.InRange(files.Sum(file => file.HostPath is { } path ? new FileInfo(path).Length : 0), 20_000_000, 60_000_000);
        Assert.Equal(files.Count, files.DistinctBy(file => file.ImagePath).Count());
        Assert.All(files, file => Assert.True(file.Content is not null || (File.Exists(file.HostPath) && File.ResolveLinkTarget(file.HostPath, false) is null), file.ImagePath));
        var paths = files.Select(file => file.ImagePath).ToList();
        Assert.DoesNotContain("/bin/sh", paths);
        Assert.Contains("/usr/sbin/mariadbd", paths);
        foreach (var package in new[] { "mariadb-server-core", "libc6", "libssl3", "libgcc-s1", "libstdc++6" })
        {
            Assert.Contains($"/usr/share/doc/{package}/copyright", paths);
            var control = files.Single(file => file.ImagePath == $"/var/lib/dpkg/status.d/{package}").Content!;
            Assert.Matches($"(?m)^Package: {package.Replace("+", "\\+", StringComparison.Ordinal)}$[^$]*^Version: ", System.Text.Encoding.UTF8.GetString(control));
        }

        Assert.Contains("/usr/share/common-licenses/GPL-2", paths);
        Assert.Contains("/etc/os-release", paths);
    }

    string Write(IReadOnlyList<ServerFile> files)
    {
        var root = Path.Combine(work.Path, "root");
        foreach (var file in files)
        {
            var path = root + file.ImagePath;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (file.Content is { } content)
                File.WriteAllBytes(path, content);
            else
                File.Copy(file.HostPath!, path);
            File.SetUnixFileMode(path, file.Executable ? Executable : Readable);
        }

        return root;
    }
}
