/// <summary>
/// The image that container tests build frames on: MariaDB's own where it can be pulled, otherwise one made of the
/// distribution's packages, kept as a tar between builds.
/// </summary>
static class TestBaseImage
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "STILLFRAME_TEST_BASE_IMAGE";

    const string Made = "mariadb:10.11-test", Official = "docker.io/library/mariadb:10.11", Suite = "bookworm";

    /// <summary>Half of what the packages bring, which each test would take out of the engine, hash and pack.</summary>
    static readonly string[] NotNeeded =
        ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*", "/usr/bin/aria_*", "/usr/bin/myisam*", "/usr/bin/mariadb-[!a]*", "/usr/bin/resolve*", "/usr/bin/replace", "/usr/bin/perror", "/usr/bin/innochecksum"];

    /// <returns>A reference that the engine has; null where there is none to be had.</returns>
    public static async Task<string?> GetAsync(ContainerEngine engine)
    {
        if (System.Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            return chosen;
        foreach (var present in new[] { Made, Official })
        {
            if (await Shell.SucceedsAsync("docker", ["image", "inspect", present], engine.Environment))
                return present;
        }

        var tar = Path.Combine(UserCache.Directory, $"{Suite}-mariadb-server.tar");
        if (!File.Exists(tar))
        {
            if (await Shell.SucceedsAsync("docker", ["pull", "--quiet", Official], engine.Environment))
                return Official;
            await AptPackages.InstallMissingAsync(("mmdebstrap", "mmdebstrap"));
            if (!await Shell.SucceedsAsync("mmdebstrap", ["--version"]))
                return null;
            await MakeAsync(tar);
        }

        await Shell.RunAsync("docker", ["import", tar, Made], engine.Environment);
        return Made;
    }

    static async Task MakeAsync(string tar)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(tar)!);
        var partial = $"{tar}.{System.Environment.ProcessId}.partial.tar";
        try
        {
            Console.WriteLine($"Making the base image of container tests, once: {tar}");
            string[] without = [.. NotNeeded.Select(path => $"--dpkgopt=path-exclude={path}"), "--customize-hook=echo 'of the base image' >\"$1\"/var/lib/mysql/hidden"];
            await Shell.RunAsync("mmdebstrap", ["--quiet", "--variant=minbase", "--include=mariadb-server", .. without, Suite, partial], toItsEnd: true);
            File.Move(partial, tar, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
