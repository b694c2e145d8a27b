/// <summary>
/// A server and its client programs for tests, of a suite of Debian that is newer than the host's: unpacked, with an empty data directory, and kept between builds. Nothing of that suite is installed.
/// </summary>
/// <param name="Variable">The environment variable that names the directory: <c>root</c> is as it would lie below <c>/</c>, <c>data</c> a server's without a password for root.</param>
/// <param name="Name">Of the directory in the user's cache.</param>
/// <param name="Libraries">Below <c>root</c>, beside those of the distribution.</param>
/// <param name="Initialize">Given the root and what starts a program there: makes a data directory.</param>
sealed record NewerServer(string Product, string Variable, string Name, string Suite, string[] Packages, string[] Libraries, Func<string, string[], string, Task> Initialize)
{
    /// <summary>Of Debian's newest suite, which alone has it.</summary>
    public static NewerServer MySql { get; } = new(
        "MySQL", "STILLFRAME_TEST_MYSQL", "mysql-server-2", "sid", ["mysql-server-core", "mysql-client-core", "busybox-static"], ["usr/lib/mysql/private"],
        (root, start, data) => Shell.RunAsync(
            start[0],
            [
                .. start[1..], $"{root}/usr/sbin/mysqld", "--no-defaults", "--initialize-insecure", "--user=root", $"--datadir={data}",
                $"--lc-messages-dir={root}/usr/share/mysql", "--innodb-buffer-pool-size=64M", "--innodb-redo-log-capacity=32M", "--performance-schema=OFF", "--skip-log-bin", "--secure-file-priv=NULL",
            ]));

    /// <summary>The release of the default base image (<c>BaseImages.Default</c>).</summary>
    public static NewerServer MariaDb { get; } = new(
        "MariaDB 11.8", "STILLFRAME_TEST_MARIADB", "mariadb-11.8-server", "trixie", ["mariadb-server-core", "mariadb-client-core"], [],
        (root, start, data) =>
        {
            Directory.CreateDirectory(data);
            var share = $"{root}/usr/share/mariadb";
            const string Bootstrap = """{ printf 'create database mysql;\nuse mysql;\n'; cd "$0"; cat mariadb_system_tables.sql mariadb_performance_tables.sql mariadb_system_tables_data.sql; } | "$@" """;
            return Shell.RunAsync(
                "/bin/sh",
                ["-c", Bootstrap, share, .. start, $"{root}/usr/sbin/mariadbd", "--no-defaults", "--bootstrap", "--user=root", $"--datadir={data}", $"--lc-messages-dir={share}", "--innodb-log-file-size=16M", "--skip-log-bin"]);
        });

    /// <returns>Null where there is none to be had, with a warning.</returns>
    public async Task<string?> GetAsync()
    {
        if (System.Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            return chosen;
        var directory = Path.Combine(UserCache.Directory, Name);
        if (Directory.Exists(directory) || !AptPackages.Available)
            return Directory.Exists(directory) ? directory : null;
        await AptPackages.InstallMissingAsync(("mmdebstrap", "mmdebstrap"));
        var partial = $"{directory}.{System.Environment.ProcessId}.partial";
        try
        {
            Console.WriteLine($"Unpacking {Product} for tests, once: {directory}");
            await MakeAsync(partial);
            Directory.Move(partial, directory);
            return directory;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            Console.WriteLine($"warning: {e.Message} Tests that need {Product} are skipped.");
            return null;
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    async Task MakeAsync(string directory)
    {
        var root = Path.Combine(directory, "root");
        Directory.CreateDirectory(directory);
        // a mirror that is some weeks behind does as well
        await Shell.RunAsync("mmdebstrap", ["--quiet", "--variant=extract", "--aptopt=Acquire::Check-Valid-Until \"false\"", $"--include={string.Join(',', Packages)}", Suite, root], toItsEnd: true);
        var libraries = Directory.EnumerateDirectories(Path.Combine(root, "usr/lib"), "*-linux-gnu").Single();
        var loader = Directory.EnumerateFiles(libraries, "ld-linux-*.so.*").Single(); // of a newer libc than the host's
        await Initialize(root, [loader, "--library-path", string.Join(':', Libraries.Select(more => Path.Combine(root, more)).Prepend(libraries))], Path.Combine(directory, "data"));
    }
}
