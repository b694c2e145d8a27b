using Stillframe.Processes;

/// <summary>Installs what tests need and this machine lacks; only as root, only where there is apt.</summary>
static class AptPackages
{
    static bool updated;

    /// <summary>Whether packages can be installed here.</summary>
    public static bool Available { get; } = OperatingSystem.IsLinux() && Environment.UserName == "root" && ChildProcess.Find("apt-get") is not null;

    /// <param name="programs">Each program with the package that has it.</param>
    public static async Task InstallMissingAsync(params (string Program, string Package)[] programs)
    {
        var missing = programs.Where(pair => !Exists(pair.Program)).Select(pair => pair.Package).Distinct().ToList();
        if (missing.Count == 0 || !Available)
            return;

        Console.WriteLine($"Installing what tests need: {string.Join(", ", missing)}");
        var environment = new Dictionary<string, string?>
        {
            ["DEBIAN_FRONTEND"] = "noninteractive",
            ["RUNLEVEL"] = "1", // invoke-rc.d starts no daemons in single-user mode
        };
        try
        {
            if (!updated)
                await Shell.RunAsync("apt-get", ["-qq", "-o", "Acquire::Retries=3", "update"], environment);
            updated = true;
            // a machine's own MySQL server is in MariaDB's way, and stays
            await Shell.RunAsync("apt-get", ["-qq", "-y", "-o", "Acquire::Retries=3", "--no-install-recommends", "--no-remove", "install", .. missing], environment, toItsEnd: true);
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine($"warning: {e.Message} Tests that need it are skipped.");
        }
    }

    /// <summary>Installs a program's package of the same name, where neither it nor another that does as well is here.</summary>
    public static Task InstallAnyAsync(string program, params string[] others) => others.Any(Exists) ? Task.CompletedTask : InstallMissingAsync((program, program));

    // servers are in sbin, which is not on everybody's PATH
    static bool Exists(string program) => ChildProcess.Find(program) is not null || File.Exists($"/usr/sbin/{program}");
}
