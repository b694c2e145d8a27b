/// <summary>
/// The image that container tests build frames on: MariaDB's own where it can be pulled, otherwise one made of the
/// distribution's packages, kept as a tar between builds.
/// </summary>
static class TestBaseImage
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "STILLFRAME_TEST_BASE_IMAGE";

    /// <summary>Series of the server, and the distribution's suite that has it.</summary>
    static readonly (string Series, string Suite)[] all = [("10.11", "bookworm"), ("11.8", "trixie")];

    /// <summary>Half of what the packages bring, which each test would take out of the engine, hash and pack.</summary>
    static readonly string[] NotNeeded =
        ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*", "/usr/bin/aria_*", "/usr/bin/myisam*", "/usr/bin/mariadb-[!a]*", "/usr/bin/resolve*", "/usr/bin/replace", "/usr/bin/perror", "/usr/bin/innochecksum"];

    /// <param name="turn">Which of the series, one in each run.</param>
    /// <returns>A reference that the engine has; null where there is none to be had.</returns>
    public static async Task<string?> GetAsync(ContainerEngine engine, int turn = 0)
    {
        var (series, suite) = all[turn % all.Length];
        string made = $"mariadb:{series}-test", official = $"docker.io/library/mariadb:{series}";
        if (System.Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            return chosen;
        foreach (var present in new[] { made, official })
        {
            if (await Shell.SucceedsAsync("docker", ["image", "inspect", present], engine.Environment))
                return present;
        }

        var tar = Path.Combine(UserCache.Directory, $"{suite}-mariadb-server.tar");
        if (!File.Exists(tar))
        {
            if (await Shell.SucceedsAsync("docker", ["pull", "--quiet", official], engine.Environment))
                return official;
            await AptPackages.InstallMissingAsync(("mmdebstrap", "mmdebstrap"));
            if (!await Shell.SucceedsAsync("mmdebstrap", ["--version"]))
                return null;
            await MakeAsync(tar, suite);
        }

        await Shell.RunAsync("docker", ["import", tar, made], engine.Environment);
        return made;
    }

    static async Task MakeAsync(string tar, string suite)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(tar)!);
        var partial = $"{tar}.{System.Environment.ProcessId}.partial.tar";
        try
        {
            Console.WriteLine($"Making the base image of container tests, once: {tar}");
            string[] without = [.. NotNeeded.Select(path => $"--dpkgopt=path-exclude={path}"), "--customize-hook=echo 'of the base image' >\"$1\"/var/lib/mysql/hidden"];
            await Shell.RunAsync("mmdebstrap", ["--quiet", "--variant=minbase", "--include=mariadb-server", .. without, suite, partial], toItsEnd: true);
            File.Move(partial, tar, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
