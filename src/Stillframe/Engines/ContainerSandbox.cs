using System.Formats.Tar;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>A sandbox inside a container; see <see cref="BuilderContainer"/>.</summary>
sealed class ContainerSandbox(
    ContainerCommand command,
    BuilderContainer container,
    ServerRelease release,
    string baseImage,
    string? workDirectory) : ISandbox
{
    const string ReadScript = """for file; do if [ -f "$file" ]; then exec cat "$file"; fi; done; exit 1""";

    const string First = $"{BuilderProbe.RunDirectory}/first.sql";

    /// <summary>Goes before the server's own command.</summary>
    const string WriteScript = """printf '%s' "$2" >"$1" && shift 2 && exec "$@" """;

    readonly ServerProgram program = ServerProgram.Of(release.Product);
    readonly List<SupervisedProcess> started = [];
    TemporaryDirectory? taken;

    public string ContainerName => container.Name;

    public ServerRelease Release => release;

    public string? BaseImage => baseImage;

    public ServerPlace Server => ServerPlace.Of(container.Probe.Server!, container.Probe.FrameUser, container.Probe.Share, container.Probe.Admin);

    public string DataDirectory => BuilderProbe.DataDirectory;

    public string RunDirectory => BuilderProbe.RunDirectory;

    public Task<ProcessResult> RunAsync(
        IReadOnlyList<string> arguments,
        Func<Stream, CancellationToken, Task>? input,
        CancellationToken cancellationToken) =>
        command.RunAsync(
            // the caller's options come last and win
            [.. container.Exec(BuilderProbe.TemporaryFiles), .. Command([.. Directories, .. arguments])],
            cancellationToken,
            new() { Input = input, IsHopeless = FullDisk.IsAwaited });

    public async Task<byte[]> ReadShareFileAsync(string name, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var result = await command.RunAsync(
            [.. container.Exec(), "/bin/sh", "-c", ReadScript, "sh", .. ShareDirectory.Names(name).Select(n => $"{container.Probe.Share}/{n}")],
            cancellationToken,
            new() { Output = (stream, token) => stream.CopyToAsync(bytes, token) });
        return result.ExitCode == 0 ? bytes.ToArray() : throw BuilderProbe.Unusable(baseImage, $"lacks the file '{name}' in '{container.Probe.Share}' {result.AllOutput}", program);
    }

    public async Task<IServer> StartServerAsync(IReadOnlyList<string> options, CancellationToken cancellationToken, string? initial = null)
    {
        var endpoints = await container.EndpointsAsync(cancellationToken);
        var server = Command(
        [
            .. options,
            .. Directories,
            "--port=3306",
            "--skip-name-resolve", // a slow name server would hold up the greeting
            $"--socket={RunDirectory}/mysqld.sock",
            $"--pid-file={RunDirectory}/mysqld.pid",
            .. initial is null ? (IEnumerable<string>)[] : [$"--init-file={First}"],
        ]);
        var process = command.StartSupervised(
            container.Exec(BuilderProbe.TemporaryFiles),
            initial is null ? server : ["/bin/sh", "-c", WriteScript, "sh", First, initial, .. server]);
        started.Add(process);
        return await RunningServer.WhenReadyAsync(process, Release.ToString(), endpoints, cancellationToken);
    }

    public async Task<string> TakeDataDirectoryAsync(CancellationToken cancellationToken)
    {
        taken?.Dispose();
        taken = TemporaryDirectory.Create(workDirectory);
        try
        {
            await command.ReadAsync(
                ["cp", $"{container.Name}:{DataDirectory}", "-"],
                cancellationToken,
                new() { Output = (stream, token) => TarDirectory.ExtractAsync(stream, taken.Path, token) });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StillframeException(
                ErrorCodes.WriteFailed,
                $"The data directory can't be copied out of the container to '{taken.Path}': {e.Message} Free some space there, then build again.",
                innerException: e);
        }

        return Path.Combine(taken.Path, Path.GetFileName(DataDirectory));
    }

    public async Task PutDataDirectoryAsync(string directory, CancellationToken cancellationToken) =>
        await command.ReadAsync(
            ["cp", "--archive=false", "-", $"{container.Name}:{DataDirectory}"], // by itself, podman gives all files to root
            cancellationToken,
            new() { Input = (stream, token) => TarDirectory.WriteAsync(directory, stream, container.Probe.User, token) });

    public async Task<T> ReadDataFileAsync<T>(string name, Func<Stream, long, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        (bool IsThere, T Value) result = default;
        await command.ReadAsync(
            ["cp", $"{container.Name}:{DataDirectory}/{name}", "-"],
            cancellationToken,
            new()
            {
                Output = async (stream, token) =>
                {
                    await using var tar = new TarReader(stream, leaveOpen: true);
                    if (await tar.GetNextEntryAsync(cancellationToken: token) is { DataStream: { } content } entry)
                        result = (true, await read(content, entry.Length, token));
                    await stream.CopyToAsync(Stream.Null, token); // padding, without which the writer meets a broken pipe
                },
            });
        return result.IsThere ? result.Value : throw new InvalidOperationException($"'{name}' is not a file with content.");
    }

    public Task<IReadOnlyList<ServerFile>> ServerFilesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ServerFile>>([]);

    public void DropDataDirectory() => taken?.Dispose();

    public async ValueTask DisposeAsync()
    {
        await container.DisposeAsync(); // kills whatever runs in it
        foreach (var process in started)
            await process.DisposeAsync();
        taken?.Dispose();
    }

    IReadOnlyList<string> Directories => [$"--datadir={BuilderProbe.DataDirectory}", $"--tmpdir={BuilderProbe.TemporaryFiles}", .. program.Limits(BuilderProbe.EmptyDirectory)];

    IReadOnlyList<string> Command(IEnumerable<string> arguments) =>
        [container.Probe.Server!, "--no-defaults", .. ServerOptions, .. arguments.Where(a => a != "--no-defaults")];

    // a server wants to be told that it runs as root
    IEnumerable<string> ServerOptions => container.Probe.User is null ? ["--user=root"] : [];
}
