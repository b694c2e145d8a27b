namespace Stillframe;

/// <summary>
/// A directory that is gone after its disposal. Its name carries the process id, so that the next build
/// removes what a killed one left behind (<see cref="RemoveStale"/>).
/// </summary>
public sealed class TemporaryDirectory : IDisposable, IAsyncDisposable
{
    const string Prefix = "sf-";

    TemporaryDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes a directory that only this user can enter, below <paramref name="parent"/> or the system's temporary directory.</summary>
    public static TemporaryDirectory Create(string? parent = null)
    {
        parent ??= System.IO.Path.GetTempPath();
        Directory.CreateDirectory(parent);
        RemoveStale(parent);
        var path = System.IO.Path.Combine(parent, $"{Prefix}{Environment.ProcessId}-{System.IO.Path.GetRandomFileName()[..8]}");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(path);
    }

    /// <summary>Removes directories of this kind whose process no longer runs.</summary>
    public static void RemoveStale(string parent)
    {
        foreach (var path in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            var name = System.IO.Path.GetFileName(path)[Prefix.Length..];
            var dash = name.IndexOf('-', StringComparison.Ordinal);
            if (dash > 0 && int.TryParse(name[..dash], out var pid) && !IsRunning(pid))
                TryDelete(path);
        }
    }

    public void Dispose() => TryDelete(Path);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    static bool IsRunning(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    static void TryDelete(string path)
    {
        // a server that is being killed may still write into its directory for a moment
        for (var attempt = 0; attempt < 5 && Directory.Exists(path); attempt++)
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(50);
            }
        }
    }
}
