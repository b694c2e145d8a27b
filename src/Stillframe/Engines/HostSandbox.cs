using System.Text;
using Stillframe.Connections;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>A sandbox of this host's own processes: one temporary directory, one socket, no port.</summary>
sealed class HostSandbox : ISandbox
{
    const int LongestSocketPath = 107; // sun_path, see unix(7)

    readonly HostServer server;
    readonly TemporaryDirectory work;
    readonly TemporaryDirectory? shortRun;
    readonly List<SupervisedProcess> started = [];

    readonly ServerFacts facts;
    readonly IReporter reporter;

    HostSandbox(HostServer server, ServerRelease release, TemporaryDirectory work, ServerFacts facts, IReporter reporter)
    {
        (this.server, Release, this.work, this.facts, this.reporter) = (server, release, work, facts, reporter);
        var own = Path.Combine(work.Path, "server");
        DataDirectory = Directory.CreateDirectory(Path.Combine(own, "data")).FullName;
        Nothing = Directory.CreateDirectory(Path.Combine(work.Path, "none")).FullName;
        var root = Directory.CreateDirectory(Path.Combine(work.Path, "root")).FullName;
        TemporaryFiles = Directory.CreateDirectory(Path.Combine(own, "tmp")).FullName;

        RunDirectory = Path.Combine(own, "run");
        if (Encoding.UTF8.GetByteCount(Socket) > LongestSocketPath)
        {
            shortRun = TemporaryDirectory.Create("/tmp");
            RunDirectory = shortRun.Path;
        }
        else
        {
            Directory.CreateDirectory(RunDirectory);
        }

        Place = new(work.Path, root, Nothing, DataDirectory, shortRun is null ? [own] : [own, RunDirectory]);
    }

    public ServerRelease Release { get; }

    public string? BaseImage => null;

    public ServerPlace Server => ServerPlace.Of(
        InImage(server.Server), ServerPlace.AnyUser, InImage(server.ShareDirectory), server.Admin is { } admin ? InImage(admin) : null);

    public string DataDirectory { get; }

    public string RunDirectory { get; }

    // index builds sort here: not in /tmp, which may be memory
    string TemporaryFiles { get; }

    /// <summary>Stays empty.</summary>
    string Nothing { get; }

    WorkPlace Place { get; }

    string Socket => Path.Combine(RunDirectory, "mysqld.sock");

    /// <param name="facts">Of this build.</param>
    public static async Task<ISandbox> OpenAsync(
        HostServer server, string? workDirectory, ServerFacts facts, IReporter reporter, CancellationToken cancellationToken)
    {
        var release = await facts.Release.GetAsync(() => server.ReadReleaseAsync(cancellationToken));
        var work = TemporaryDirectory.Create(workDirectory is null ? null : Path.GetFullPath(workDirectory));
        try
        {
            return new HostSandbox(server, release, work, facts, reporter);
        }
        catch
        {
            work.Dispose();
            throw;
        }
    }

    public async Task<ProcessResult> RunAsync(
        IReadOnlyList<string> arguments,
        Func<Stream, CancellationToken, Task>? input,
        CancellationToken cancellationToken)
    {
        // the caller's options come last and win
        var command = await CommandAsync([.. Directories(), .. arguments], cancellationToken);
        var options = new ProcessOptions { Input = input, WorkingDirectory = TemporaryFiles, HasCleanEnvironment = true, IsHopeless = FullDisk.IsAwaited };
        return await ChildProcess.RunAsync(command[0], command.Skip(1), options, cancellationToken);
    }

    public async Task<byte[]> ReadShareFileAsync(string name, CancellationToken cancellationToken)
    {
        var path = ShareDirectory.Names(name).Select(n => Path.Combine(server.ShareDirectory, n)).FirstOrDefault(File.Exists)
            ?? throw new StillframeException(
                ErrorCodes.EngineUnavailable,
                $"{Release} at '{server.Server}' has no file '{name}' in '{server.ShareDirectory}'. Install the whole server package.");
        return await File.ReadAllBytesAsync(path, cancellationToken);
    }

    public Task PutDataDirectoryAsync(string directory, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            foreach (var entry in DirectoryTree.Of(directory))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var target = Path.Combine(DataDirectory, Path.GetRelativePath(directory, entry.FullName));
                if (entry is FileInfo file)
                    SparseCopy.Make(file, target);
                else
                    Directory.CreateDirectory(target);
            }
        },
        cancellationToken);

    public async Task<T> ReadDataFileAsync<T>(string name, Func<Stream, long, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            Path.Combine(DataDirectory, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);
        return await read(file, file.Length, cancellationToken);
    }

    public async Task<IServer> StartServerAsync(IReadOnlyList<string> options, CancellationToken cancellationToken, string? initial = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var first = Path.Combine(RunDirectory, "first.sql");
        if (initial is not null)
            await File.WriteAllTextAsync(first, initial, cancellationToken);
        var command = await CommandAsync(
        [
            .. options,
            .. Directories(),
            "--skip-networking",
            $"--socket={Socket}",
            $"--pid-file={Path.Combine(RunDirectory, "mysqld.pid")}",
            .. initial is null ? (IEnumerable<string>)[] : [$"--init-file={first}"],
        ], cancellationToken);
        var process = SupervisedProcess.Start(command, cleanEnvironment: true);
        started.Add(process);
        return await RunningServer.WhenReadyAsync(process, Release.ToString(), [new ServerEndpoint.UnixSocket(Socket)], cancellationToken);
    }

    public Task<string> TakeDataDirectoryAsync(CancellationToken cancellationToken) => Task.FromResult(DataDirectory);

    public Task<IReadOnlyList<ServerFile>> ServerFilesAsync(CancellationToken cancellationToken) =>
        facts.Files.GetAsync(() => ServerFileList.MakeAsync(server, cancellationToken));

    public void DropDataDirectory() => DirectoryTree.TryDelete(DataDirectory);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
            await process.DisposeAsync(); // nobody may write into the directory that is about to go
        shortRun?.Dispose();
        work.Dispose();
    }

    string InImage(string path) => server.Unpacked is { } unpacked ? path[unpacked.Directory.Length..] : path;

    async Task<IReadOnlyList<string>> CommandAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var confinement = await facts.Confinement.GetAsync(() => Confinement.ChooseAsync(server, Place, reporter, cancellationToken));
        return confinement.Command(server, Place, server.Command(arguments, confinement.RunsAsRoot));
    }

    IEnumerable<string> Directories() => [$"--datadir={DataDirectory}", $"--tmpdir={TemporaryFiles}", .. ServerLimits.Options(Nothing)];
}
