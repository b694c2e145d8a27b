using System.Runtime.InteropServices;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>
/// Runs these tests' program as somebody who is not root. It and its runtime are copied to a place that everybody may enter: sources,
/// home and .NET may well be where only root may.
/// </summary>
sealed class OrdinaryUser : IDisposable
{
    const string Name = "nobody";
    const UnixFileMode ForAll = (UnixFileMode)0b111_101_101;

    readonly TemporaryDirectory directory;

    OrdinaryUser(TemporaryDirectory directory) => this.directory = directory;

    /// <summary>A directory that belongs to them.</summary>
    public string Home => Path.Combine(directory.Path, "home");

    /// <summary>Null where a program can be run as an ordinary user; asked by running one.</summary>
    public static string? WhyNot()
    {
        if (Place() is not { } place)
            return $"there is no directory for temporary files that '{Name}' may enter";
        var result = ChildProcess.RunAsync("runuser", ["-u", Name, "--", "ls", place]).GetAwaiter().GetResult();
        return result.ExitCode == 0 ? null : $"no program runs as '{Name}': {result.AllOutput}";
    }

    public static async Task<OrdinaryUser> CreateAsync()
    {
        var user = new OrdinaryUser(TemporaryDirectory.Create(Place()));
        File.SetUnixFileMode(user.directory.Path, ForAll);
        Directory.CreateDirectory(user.Home);
        await Command.SucceedAsync("chown", [Name, user.Home]);
        await user.CopyAsync();
        return user;
    }

    /// <summary>Runs this program; it must succeed.</summary>
    public Task<string> SucceedAsync(IEnumerable<string> arguments) => Command.SucceedAsync(
        "runuser",
        ["-u", Name, "--", Path.Combine(directory.Path, "dotnet", "dotnet"), Path.Combine(directory.Path, "app", Path.GetFileName(typeof(OrdinaryUser).Assembly.Location)), .. arguments],
        Home,
        new Dictionary<string, string?> { ["HOME"] = Home, ["TMPDIR"] = Home, ["XDG_CACHE_HOME"] = null, ["DOTNET_ROOT"] = null });

    public void Dispose() => directory.Dispose();

    async Task CopyAsync()
    {
        // …/dotnet/shared/Microsoft.NETCore.App/10.0.0/
        var runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        var root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        var aspNet = Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Builder.WebApplication).Assembly.Location)!;
        foreach (var part in new[] { Path.Combine(root, "host"), runtime, aspNet })
        {
            var to = Path.Combine(directory.Path, "dotnet", Path.GetRelativePath(root, Path.GetDirectoryName(part)!));
            Directory.CreateDirectory(to);
            await Command.SucceedAsync("cp", ["-rL", part, to]);
        }

        await Command.SucceedAsync("cp", ["-L", Path.Combine(root, "dotnet"), Path.Combine(directory.Path, "dotnet")]);
        var app = Directory.CreateDirectory(Path.Combine(directory.Path, "app")).FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(app, Path.GetFileName(file)));
        await Command.SucceedAsync("chmod", ["-R", "a+rX", Path.Combine(directory.Path, "dotnet"), app]);
    }

    static string? Place() => new[] { Path.GetTempPath(), "/tmp", "/var/tmp" }.FirstOrDefault(IsOpen);

    static bool IsOpen(string path)
    {
        for (var directory = Path.TrimEndingDirectorySeparator(path); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (!Directory.Exists(directory) || !File.GetUnixFileMode(directory).HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }
}
