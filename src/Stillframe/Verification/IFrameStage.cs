using Stillframe.Connections;

namespace Stillframe.Verification;

/// <summary>A place where a frame starts as production starts it.</summary>
public interface IFrameStage : IAsyncDisposable
{
    /// <summary>Starts the frame; returns when its port or socket greets.</summary>
    /// <param name="options">Added to the frame's own command line.</param>
    /// <param name="port">TCP port on 127.0.0.1; 0 takes a free one (or a socket, where there is no container).</param>
    /// <exception cref="StillframeException">SF4002.</exception>
    Task<IStagedFrame> StartAsync(IReadOnlyList<string> options, int port, CancellationToken cancellationToken);
}

/// <summary>A running frame; its disposal ends it and removes what it was.</summary>
public interface IStagedFrame : IAsyncDisposable
{
    ServerEndpoint Endpoint { get; }

    Task Exited { get; }

    /// <summary>Bytes written so far outside of the temporary directories.</summary>
    Task<long> BytesWrittenAsync(CancellationToken cancellationToken);

    /// <summary>What only a container has: mounts, user; empty elsewhere.</summary>
    Task<IReadOnlyList<VerificationCheck>> InspectAsync(CancellationToken cancellationToken);
}
