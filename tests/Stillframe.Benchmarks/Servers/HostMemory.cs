using System.Globalization;

namespace Stillframe.Benchmarks.Servers;

/// <summary>Memory as Linux counts it, in megabytes.</summary>
static class HostMemory
{
    const string DropCaches = "/proc/sys/vm/drop_caches";

    /// <summary>Everything that isn't free: processes, the kernel's own, and the page cache.</summary>
    public static double Used() => (Field("/proc/meminfo", "MemTotal:") - Field("/proc/meminfo", "MemFree:"))!.Value;

    /// <summary>Writes out and forgets what is cached, so that what is cached from now on can be told.</summary>
    /// <returns>False where this user may not.</returns>
    public static async Task<bool> ForgetCachesAsync(CancellationToken cancellationToken)
    {
        await NativeServer.RunAsync("sync", [], cancellationToken);
        try
        {
            await File.WriteAllTextAsync(DropCaches, "3", cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A process's share of all memory mapped by processes; pages of several count in parts.</summary>
    public static double? ProportionalShare(int process) => Field($"/proc/{process}/smaps_rollup", "Pss:");

    /// <summary>What the control group of a process is charged with, its page cache included: shared pages go to whoever touched them first.</summary>
    public static double? ControlGroup(int process)
    {
        foreach (var parts in File.ReadLines($"/proc/{process}/cgroup").Select(line => line.Split(':', 3)))
        {
            var file = parts[1] switch
            {
                "memory" => $"/sys/fs/cgroup/memory{parts[2]}/memory.usage_in_bytes",
                "" => $"/sys/fs/cgroup{parts[2]}/memory.current",
                _ => "",
            };
            if (File.Exists(file))
                return long.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) / 1e6;
        }

        return null;
    }

    static double? Field(string file, string name) =>
        File.Exists(file) && File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6
            : null;
}
