namespace Stillframe.EndToEnd.Rollouts;

/// <summary>
/// A control group whose processes come before all others of this machine: what an engine does in time is then its own, though builds run on the same cores. Where no such
/// group can be made (systemd has them, or this user may not) it is as if there were none.
/// </summary>
sealed class ProcessorShare : IDisposable
{
    const string Hierarchy = "/sys/fs/cgroup";
    readonly string? directory;

    ProcessorShare(string? directory, string processes)
    {
        this.directory = directory;
        Enter = directory is null ? "true" : $"echo $$ >{processes}";
        DaemonOptions = directory is null ? "" : $"--cgroup-parent /{Path.GetFileName(directory)}";
    }

    /// <summary>Puts a shell and what it starts there.</summary>
    public string Enter { get; }

    /// <summary>Of <c>dockerd</c>, whose containers are to be there.</summary>
    public string DaemonOptions { get; }

    public static ProcessorShare Create()
    {
        var name = $"stillframe-{Environment.ProcessId}-{Guid.NewGuid():N}"[..32];
        var isOfVersion1 = Directory.Exists($"{Hierarchy}/cpu");
        var directory = isOfVersion1 ? $"{Hierarchy}/cpu/{name}" : $"{Hierarchy}/{name}";
        if (Directory.Exists("/run/systemd/system"))
            return new(null, "");
        try
        {
            // of version 2, a group with groups in it has no processes of its own
            var inner = isOfVersion1 ? directory : $"{directory}/daemon";
            Directory.CreateDirectory(inner);
            // eight times what a group has that nobody gave anything
            File.WriteAllText(Path.Combine(directory, isOfVersion1 ? "cpu.shares" : "cpu.weight"), isOfVersion1 ? "8192" : "800");
            return new(directory, $"{inner}/cgroup.procs");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, "");
        }
    }

    /// <summary>When its processes have ended.</summary>
    public void Dispose()
    {
        if (directory is null)
            return;
        foreach (var group in Directory.GetDirectories(directory, "*", SearchOption.AllDirectories).OrderByDescending(path => path.Length).Append(directory))
            Directory.Delete(group);
    }
}
