using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>The <c>mariadbd</c> that this host has installed; needs no root and opens no port.</summary>
sealed class LocalEngine(EngineOptions options) : IEngine
{
    // where packages put it; the PATH of ordinary users lacks these
    static readonly string[] MoreDirectories = ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/sbin"];

    readonly ServerFacts facts = new();

    public string Name => "local";

    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        if (BaseImages.WhyNotSelf(options.BaseImage, options.Program) is { } wrongBase)
            return wrongBase;
        var (server, reason) = Find();
        if (server is null)
            return reason;
        try
        {
            await facts.Release.GetAsync(() => server.ReadReleaseAsync(cancellationToken));
            return null;
        }
        catch (StillframeException e)
        {
            return e.Message;
        }
    }

    public async Task<ISandbox> OpenAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        BaseImages.RequireSelf(options.BaseImage, Name);
        var (server, reason) = Find();
        return server is null
            ? throw new StillframeException(ErrorCodes.EngineUnavailable, $"The engine 'local' does not work here: {reason}.")
            : await HostSandbox.OpenAsync(server, options.WorkDirectory, facts, reporter, cancellationToken);
    }

    (HostServer? Server, string? Reason) Find()
    {
        if (!OperatingSystem.IsLinux())
            return (null, "the server of this host ends up in the image, so this host must run Linux");

        if (options.ServerPath is { Length: > 0 } given && !File.Exists(given))
            return (null, $"there is no file '{given}' (DatabaseServerPath)");

        var found = options.ServerPath is { Length: > 0 } ? Path.GetFullPath(options.ServerPath) : ChildProcess.Find("mariadbd") ?? FindIn(MoreDirectories, "mariadbd");
        if (found is null)
            return (null, $"'mariadbd' is neither on PATH nor in {string.Join(", ", MoreDirectories)} (Debian: package mariadb-server-core)");

        var server = Resolve(found);
        var prefix = Path.GetDirectoryName(Path.GetDirectoryName(server)!)!;
        if (ShareDirectory.Find(prefix) is not { } share)
            return (null, $"the share directory of '{server}' with its system tables is not below '{prefix}'");

        return (new(server, share, Admin: FindAdmin(prefix)), null);
    }

    /// <summary>That of this very server, and no script.</summary>
    static string? FindAdmin(string prefix)
    {
        var path = Path.Combine(prefix, "bin", HostServer.AdminName);
        return File.Exists(path) && Resolve(path) is var admin && ElfFile.ReadInterpreter(admin) is not null ? admin : null;
    }

    static string? FindIn(IEnumerable<string> directories, string name) =>
        directories.Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    static string Resolve(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
