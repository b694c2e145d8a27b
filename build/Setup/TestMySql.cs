using Stillframe.Processes;

/// <summary>
/// A MySQL server and its client programs for tests, of Debian's newest suite, which alone has them: unpacked, with an empty data directory, and kept between builds. Nothing of that suite is installed.
/// </summary>
static class TestMySql
{
    /// <summary>The environment variable that names the directory: <c>root</c> is as it would lie below <c>/</c>, <c>data</c> a server's without a password for root.</summary>
    public const string Variable = "STILLFRAME_TEST_MYSQL";

    const string Suite = "sid";

    static readonly string[] packages = ["mysql-server-core", "mysql-client-core"];

    /// <returns>Null where there is none to be had, with a warning.</returns>
    public static async Task<string?> GetAsync()
    {
        if (System.Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            return chosen;
        var directory = Path.Combine(UserCache.Directory, "mysql-server");
        if (Directory.Exists(directory) || !AptPackages.Available)
            return Directory.Exists(directory) ? directory : null;
        await AptPackages.InstallMissingAsync(("mmdebstrap", "mmdebstrap"));
        var partial = $"{directory}.{System.Environment.ProcessId}.partial";
        try
        {
            Console.WriteLine($"Unpacking MySQL for tests, once: {directory}");
            await MakeAsync(partial);
            Directory.Move(partial, directory);
            return directory;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            Console.WriteLine($"warning: {e.Message} Tests that need MySQL are skipped.");
            return null;
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    static async Task MakeAsync(string directory)
    {
        var root = Path.Combine(directory, "root");
        Directory.CreateDirectory(directory);
        // a mirror that is some weeks behind does as well
        await Shell.RunAsync("mmdebstrap", ["--quiet", "--variant=extract", "--aptopt=Acquire::Check-Valid-Until \"false\"", $"--include={string.Join(',', packages)}", Suite, root], toItsEnd: true);
        var libraries = Directory.EnumerateDirectories(Path.Combine(root, "usr/lib"), "*-linux-gnu").Single();
        var loader = Directory.EnumerateFiles(libraries, "ld-linux-*.so.*").Single(); // of a newer libc than the host's
        await Shell.RunAsync(
            loader,
            [
                "--library-path", $"{libraries}:{root}/usr/lib/mysql/private", $"{root}/usr/sbin/mysqld", "--no-defaults", "--initialize-insecure", "--user=root", $"--datadir={directory}/data",
                $"--lc-messages-dir={root}/usr/share/mysql", "--innodb-buffer-pool-size=64M", "--innodb-redo-log-capacity=32M", "--performance-schema=OFF", "--skip-log-bin", "--secure-file-priv=NULL",
            ]);
    }
}
