using System.Runtime.Versioning;
using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Processes;

namespace Stillframe.Verification;

/// <summary>Starts a frame from its unpacked files, with its own loader and libraries, as a user who can write none of them.</summary>
[UnsupportedOSPlatform("windows")]
sealed class UnpackedStage : IFrameStage
{
    /// <summary>Those before it are for root (ip(7), ip_unprivileged_port_start).</summary>
    const int FirstPortOfAll = 1024;

    readonly TemporaryDirectory work;
    readonly IReadOnlyList<string> entrypoint;
    readonly string[] user;

    UnpackedStage(TemporaryDirectory work, ImageConfig config) =>
        (this.work, Programs, entrypoint, user) = (work, Path.Combine(work.Path, "root"), config.Entrypoint, (config.User ?? ServerPlace.AnyUser).Split(':'));

    /// <summary>Stands for <c>/</c> where the server and its libraries are.</summary>
    string Programs { get; set; }

    string Root => Path.Combine(work.Path, "root");

    UnpackedCommand Command => new(entrypoint, Programs, Root + Freezing.ReadOnlyServer.DataDirectory);

    /// <param name="serverFiles">Files of the server, where it is in none of the layers; those of a host, which are not to be changed.</param>
    public static async Task<UnpackedStage> CreateAsync(
        OciImage image, string? workDirectory, CancellationToken cancellationToken, IReadOnlyList<ServerFile>? serverFiles = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        var work = TemporaryDirectory.Create(Reachable(workDirectory));
        try
        {
            var stage = new UnpackedStage(work, await image.ReadConfigAsync(cancellationToken));
            Directory.CreateDirectory(stage.Root);
            await UnpackedFrame.UnpackAsync(image, stage.Root, cancellationToken);
            UnpackedFrame.Seal(stage.Root);
            if (serverFiles is null)
                return stage;
            stage.Programs = Path.Combine(work.Path, "server");
            foreach (var file in serverFiles.Where(file => file.HostPath is not null))
                await LinkAsync(file.HostPath!, stage.Programs + file.ImagePath, cancellationToken);
            return stage;
        }
        catch
        {
            await work.DisposeAsync();
            throw;
        }
    }

    public async Task<IStagedFrame> StartAsync(FrameStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        var run = TemporaryDirectory.Create("/tmp"); // a socket's path has at most 107 bytes
        var before = Snapshot();
        SupervisedProcess? process = null;
        try
        {
            var socket = Path.Combine(run.Path, "mysqld.sock");
            process = SupervisedProcess.Start([.. AsReader(run.Path, start.Port), .. Command.Words(run.Path, start.Port), .. start.Options], cleanEnvironment: true);
            var endpoints = new ServerEndpoint[] { start.Port == 0 ? new ServerEndpoint.UnixSocket(socket) : new ServerEndpoint.Tcp("127.0.0.1", start.Port) };
            return new StagedProcess(await FrameServer.WhenReadyAsync(process, endpoints, cancellationToken), run, () => Changed(before));
        }
        catch
        {
            if (process is not null)
                await process.DisposeAsync();
            await run.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        UnpackedFrame.Unseal(Root);
        await work.DisposeAsync();
    }

    /// <summary>A directory of this kind that somebody else can enter, too: <paramref name="preferred"/>, or <c>/tmp</c>.</summary>
    static string? Reachable(string? preferred)
    {
        for (var directory = new DirectoryInfo(preferred ?? Path.GetTempPath()); Environment.IsPrivilegedProcess && directory is not null; directory = directory.Parent)
            if (directory.Exists && !directory.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return "/tmp";
        return preferred;
    }

    /// <summary>A file of this host under another name. An ordinary user may not make a hard link of it, and root's links may lead where the server can't follow.</summary>
    static async Task LinkAsync(string existing, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (Environment.IsPrivilegedProcess && FileLink.TryCreate(existing, path))
            return;
        if (!Environment.IsPrivilegedProcess || IsOpen(existing))
        {
            File.CreateSymbolicLink(path, existing);
            return;
        }

        await FileLink.CreateAsync(existing, path, cancellationToken);
        if (File.GetUnixFileMode(path) is var mode && File.GetUnixFileMode(existing) is var wanted && mode != wanted)
            File.SetUnixFileMode(path, wanted); // it was copied
    }

    /// <summary>Whether anybody of this host gets to a file and may read it.</summary>
    static bool IsOpen(string file)
    {
        for (var directory = Directory.GetParent(file); directory is not null; directory = directory.Parent)
            if (!directory.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        return File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead);
    }

    /// <summary>Root could write everywhere, whatever the files' modes say.</summary>
    string[] AsReader(string run, int port)
    {
        if (!Environment.IsPrivilegedProcess)
            return [];
        const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(work.Path, Passable);
        File.SetUnixFileMode(run, (UnixFileMode)0b111_111_111);
        // what a container engine would do for it
        string[] toListen = port is > 0 and < FirstPortOfAll ? ["--inh-caps=+net_bind_service", "--ambient-caps=+net_bind_service"] : [];
        return ["setpriv", $"--reuid={user[0]}", $"--regid={user[^1]}", "--clear-groups", "--no-new-privs", .. toListen];
    }

    Dictionary<string, (long Length, DateTime Written)> Snapshot() =>
        DirectoryTree.Of(Root).OfType<FileInfo>().ToDictionary(file => file.FullName, file => (file.Length, file.LastWriteTimeUtc));

    long Changed(Dictionary<string, (long Length, DateTime Written)> before) =>
        Snapshot().Where(file => !before.TryGetValue(file.Key, out var was) || was != file.Value).Sum(file => file.Value.Length);

    sealed class StagedProcess(IServer server, TemporaryDirectory run, Func<long> written) : IStagedFrame
    {
        public ServerEndpoint Endpoint => server.Endpoint;

        public Task Exited => server.Exited;

        public Task<long> BytesWrittenAsync(CancellationToken cancellationToken) => Task.FromResult(written());

        public Task<IReadOnlyList<VerificationCheck>> InspectAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<VerificationCheck>>([]);

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await run.DisposeAsync();
        }
    }
}
