using Stillframe.Connections;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>The server's release, as <c>mariadbd --version</c> tells it.</summary>
/// <param name="Product"><c>MariaDB</c> or <c>MySQL</c>.</param>
/// <param name="Version">Such as <c>10.11.19</c>.</param>
/// <param name="Text">The whole string, such as <c>10.11.19-MariaDB-0+deb12u1</c>.</param>
sealed record ServerRelease(string Product, Version Version, string Text)
{
    public override string ToString() => $"{Product} {Version}";
}

/// <summary>How the server is started in an image.</summary>
/// <param name="Program">Absolute path of <c>mariadbd</c> in the image.</param>
/// <param name="User"><c>uid:gid</c>, never root's. Numbers, since orchestrators that refuse root (Kubernetes' <c>runAsNonRoot</c>) can't look up a name.</param>
/// <param name="Options">That it needs where it lies.</param>
/// <param name="Admin">Absolute path of <c>mariadb-admin</c> in the image; null where it has none.</param>
sealed record ServerPlace(string Program, string User, IReadOnlyList<string> Options, string? Admin = null)
{
    /// <summary>What Debian's and the official images' <c>mysql</c> has; any other that is not root would do, as a frame's files are readable by everybody.</summary>
    public const string AnyUser = "999:999";

    /// <param name="shareDirectory">In the image; null where the server needs not be told.</param>
    internal static ServerPlace Of(string program, string user, string? shareDirectory, string? admin) =>
        new(program, user, shareDirectory is null || Engines.ShareDirectory.IsStandard(shareDirectory) ? [] : Engines.ShareDirectory.Options(shareDirectory), admin);
}

/// <summary>A file of the server itself, for a <c>self</c> base image.</summary>
/// <param name="ImagePath">Absolute path in the image, such as <c>/usr/sbin/mariadbd</c>.</param>
/// <param name="HostPath">The file on this host; null for a directory, a link or <paramref name="Content"/>.</param>
/// <param name="LinkTarget">Target of a symbolic link.</param>
/// <param name="Content">Content made by the engine.</param>
/// <param name="Executable">Mode 0755 instead of 0644.</param>
sealed record ServerFile(
    string ImagePath,
    string? HostPath = null,
    string? LinkTarget = null,
    byte[]? Content = null,
    bool Executable = false);

/// <summary>
/// A private place with the programs of one server release and one data directory. Everything in it is gone after its
/// disposal, also when this process is killed (servers and containers at once, directories at the next build).
/// </summary>
interface ISandbox : IAsyncDisposable
{
    ServerRelease Release { get; }

    /// <summary>
    /// The image that the server comes from, pinned (<c>docker.io/library/mariadb@sha256:…</c> or an image id of the local engine);
    /// null where the server is this host's own or embedded, and the base image is <c>self</c>.
    /// </summary>
    string? BaseImage { get; }

    /// <summary>Where the server is in the image that a frame is based on.</summary>
    ServerPlace Server { get; }

    /// <summary>The data directory, as the programs of this sandbox see it. Exists and is empty at first.</summary>
    string DataDirectory { get; }

    /// <summary>Absolute path, as the programs see it, of an empty directory for sockets, pid files and temporary files.</summary>
    string RunDirectory { get; }

    /// <summary>
    /// Runs <c>mariadbd</c> to its end, as for <c>--bootstrap</c>. The sandbox adds what its place needs (loader, <c>--datadir</c>,
    /// <c>--lc-messages-dir</c>, <c>--character-sets-dir</c>, <c>--plugin-dir</c>).
    /// </summary>
    Task<ProcessResult> RunAsync(
        IReadOnlyList<string> arguments,
        Func<Stream, CancellationToken, Task>? input,
        CancellationToken cancellationToken);

    /// <summary>Reads a file of the server's share directory (<c>mysql_system_tables.sql</c> …).</summary>
    Task<byte[]> ReadShareFileAsync(string name, CancellationToken cancellationToken);

    /// <summary>Puts the files of a directory of this host into the data directory, in place of those of the same names; no server may be running.</summary>
    Task PutDataDirectoryAsync(string directory, CancellationToken cancellationToken);

    /// <summary>Reads a file of the data directory, from its first byte; the server may be running.</summary>
    /// <param name="name">Its path within the data directory, with <c>/</c>.</param>
    /// <param name="read">Gets the file's content and its length in bytes.</param>
    Task<T> ReadDataFileAsync<T>(string name, Func<Stream, long, CancellationToken, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>
    /// Starts <c>mariadbd --no-defaults</c> on the data directory with these options added, and returns when its endpoint takes connections
    /// (a greeting packet was seen). The sandbox sets datadir, socket, port, pid-file and tmpdir itself, and <see cref="ServerLimits"/>.
    /// </summary>
    /// <param name="initial">SQL, a statement a line, that the server runs with every privilege before it takes connections; null for none.</param>
    /// <exception cref="StillframeException">SF2005, with the tail of the server's error log.</exception>
    Task<IServer> StartServerAsync(IReadOnlyList<string> options, CancellationToken cancellationToken, string? initial = null);

    /// <summary>
    /// The data directory's files as a directory of this host that this process may read and write, the server being stopped.
    /// May copy (containers) or hand out the directory itself (local, embedded); lives as long as the sandbox.
    /// </summary>
    Task<string> TakeDataDirectoryAsync(CancellationToken cancellationToken);

    /// <summary>Nobody needs the data directory any more: what it takes on this host's disk is for others.</summary>
    void DropDataDirectory();

    /// <summary>The server's own files for a <c>self</c> base image; empty for engines whose base is a registry image.</summary>
    Task<IReadOnlyList<ServerFile>> ServerFilesAsync(CancellationToken cancellationToken);
}

/// <summary>A running server.</summary>
interface IServer : IAsyncDisposable
{
    ServerEndpoint Endpoint { get; }

    /// <summary>Completes when the server has ended, for whatever reason.</summary>
    Task Exited { get; }

    /// <summary>The last lines of its error log.</summary>
    string LogTail { get; }

    /// <summary>Asks for a clean shutdown and waits for it, as long as it takes.</summary>
    /// <exception cref="StillframeException">SF2006 when the server ends in any other way.</exception>
    Task ShutdownAsync(CancellationToken cancellationToken);
}
