using System.Globalization;

namespace Stillframe.Files;

/// <summary>
/// A directory that is gone after its disposal. Whoever made it holds a lock on it, which the system lets go of however a process ends: so the next build
/// removes what a killed one left behind (<see cref="RemoveStale"/>), and nothing that a build in another container, with process ids of its own, still works in.
/// </summary>
sealed class TemporaryDirectory : IDisposable, IAsyncDisposable
{
    const string Prefix = "sf-";

    readonly IDisposable? held;

    TemporaryDirectory(string path, IDisposable? held) => (Path, this.held) = (path, held);

    public string Path { get; }

    /// <summary>Makes a directory that only this user can enter, below <paramref name="parent"/> or the system's temporary directory.</summary>
    public static TemporaryDirectory Create(string? parent = null)
    {
        parent ??= System.IO.Path.GetTempPath();
        Directory.CreateDirectory(parent);
        RemoveStale(parent);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}.{System.IO.Path.GetRandomFileName()[..8]}");
        var path = System.IO.Path.Combine(parent, name);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return new(path, null);
        }

        // locked before it has a name by which another build looks for stale ones
        var nascent = System.IO.Path.Combine(parent, "." + name);
        Directory.CreateDirectory(nascent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var held = DirectoryLock.TryTake(nascent);
        Directory.Move(nascent, path);
        return new(path, held);
    }

    /// <summary>Removes directories of this kind that nobody holds any more.</summary>
    public static void RemoveStale(string parent)
    {
        foreach (var path in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            var name = System.IO.Path.GetFileName(path)[Prefix.Length..];
            var end = name.AsSpan().IndexOfAny('.', '-');
            if (end <= 0 || !int.TryParse(name[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                continue;
            if (OperatingSystem.IsWindows())
            {
                if (!IsRunning(pid))
                    TryDelete(path);
                continue;
            }

            // a dash is of versions before 0.2, which held no lock
            using var mine = DirectoryLock.TryTake(path);
            if (mine is not null && (name[end] == '.' || !IsRunning(pid)))
                TryDelete(path, attempts: 1); // what can't go, as where something is mounted, must not hold up every build from now on
        }
    }

    public void Dispose()
    {
        TryDelete(Path);
        held?.Dispose();
    }

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

    static void TryDelete(string path, int attempts = 5)
    {
        // a server that is being killed may still write into its directory for a moment
        for (var attempt = 1; attempt <= attempts && Directory.Exists(path); attempt++)
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (attempt < attempts)
                    Thread.Sleep(50);
            }
        }
    }
}
