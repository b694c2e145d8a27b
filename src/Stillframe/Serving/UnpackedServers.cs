using System.Runtime.Versioning;
using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Processes;
using Stillframe.Verification;

namespace Stillframe.Serving;

/// <summary>Servers of one frame, from its files in <see cref="FrameCache"/>, each on a TCP port of 127.0.0.1.</summary>
/// <param name="root">Stands for the frame's <c>/</c>.</param>
[UnsupportedOSPlatform("windows")]
sealed class UnpackedServers(string root, ImageConfig config, IReporter reporter) : IFrameStage
{
    /// <summary>A port that was free may be somebody else's by the time a server is there.</summary>
    const int Attempts = 3;

    readonly string data = root + ReadOnlyServer.DataDirectory;
    readonly ScratchData scratch = new(root + ReadOnlyServer.DataDirectory, reporter);

    /// <summary>Whether a copy costs only what is used of it.</summary>
    public async Task<bool> CanLayOverAsync()
    {
        await using var place = ServingPlace.Create();
        return await scratch.CanLayOverAsync(place);
    }

    public async Task<IStagedFrame> StartAsync(FrameStart start, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAsync(start, start.Port > 0 ? start.Port : LocalPort.Free(), cancellationToken);
            }
            catch (StillframeException e) when (e.Code == ErrorCodes.FrameStartFailed && attempt < Attempts && e.Message.Contains("Bind on TCP/IP port", StringComparison.Ordinal))
            {
                // another one
            }
        }
    }

    async Task<IStagedFrame> StartAsync(FrameStart start, int port, CancellationToken cancellationToken)
    {
        var place = ServingPlace.Create();
        try
        {
            var words = new UnpackedCommand(config.Entrypoint, root, start.Writable ? place.Data : data).Words(place.Run, port).Concat(Limits(place.Empty));
            var command = start.Writable
                ? await scratch.CommandAsync(place, [.. words, .. ScratchServer.Options(place.Data), .. start.Options], cancellationToken)
                : ScratchData.Command([.. words, .. start.Options]);
            var process = SupervisedProcess.Start(command, cleanEnvironment: true);
            return new Running(await FrameServer.WhenReadyAsync(process, [new ServerEndpoint.Tcp("127.0.0.1", port)], cancellationToken), place);
        }
        catch
        {
            await place.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>It is no container's: nothing of this machine's files can be read or written by SQL.</summary>
    static string[] Limits(string empty) => [$"--secure-file-priv={empty}", $"--plugin-dir={empty}", "--skip-symbolic-links"];

    sealed class Running(IServer server, ServingPlace place) : IStagedFrame
    {
        public ServerEndpoint Endpoint => server.Endpoint;

        public Task Exited => server.Exited;

        public Task<long> BytesWrittenAsync(CancellationToken cancellationToken) =>
            Task.FromResult(DirectoryTree.Of(place.Upper).OfType<FileInfo>().Sum(file => file.Length));

        public Task<IReadOnlyList<VerificationCheck>> InspectAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<VerificationCheck>>([]);

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await place.DisposeAsync();
        }
    }
}
