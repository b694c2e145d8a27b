using Stillframe.Connections;

namespace Stillframe.Verification;

/// <summary>A place where a frame starts as production starts it.</summary>
public interface IFrameStage : IAsyncDisposable
{
    /// <summary>Starts the frame; returns when its port or socket greets.</summary>
    /// <exception cref="StillframeException">SF4002.</exception>
    Task<IStagedFrame> StartAsync(FrameStart start, CancellationToken cancellationToken);
}

/// <summary>How a frame is started.</summary>
/// <param name="Options">Added to the frame's own command line.</param>
/// <param name="Port">TCP port on 127.0.0.1; 0 takes a free one (or a socket, where there is no container).</param>
/// <param name="ReadOnlyRoot">Whether the container's own root is read-only; false leaves the frame to itself.</param>
public sealed record FrameStart(IReadOnlyList<string> Options, int Port = 0, bool ReadOnlyRoot = true)
{
    /// <summary>As production does it.</summary>
    internal static FrameStart Production { get; } = new([]);

    /// <summary>A copy to write in, that is gone with its server; whoever connects may do everything, until somebody tells the server of accounts.</summary>
    internal static FrameStart Scratch { get; } = new(["--skip-grant-tables"], ReadOnlyRoot: false) { Writable = true };

    /// <summary>Its server is asked by its socket, in a directory of this host; for one that listens nowhere else.</summary>
    internal bool BySocket { get; init; }

    /// <summary>See <see cref="Freezing.ScratchServer"/>.</summary>
    internal bool Writable { get; init; }
}

/// <summary>A running frame; its disposal ends it and removes what it was.</summary>
public interface IStagedFrame : IAsyncDisposable
{
    /// <summary>Where its server listens.</summary>
    ServerEndpoint Endpoint { get; }

    /// <summary>Completes when its server has ended.</summary>
    Task Exited { get; }

    /// <summary>Bytes written so far outside of the temporary directories.</summary>
    Task<long> BytesWrittenAsync(CancellationToken cancellationToken);

    /// <summary>What only a container has: mounts, user; empty elsewhere.</summary>
    Task<IReadOnlyList<VerificationCheck>> InspectAsync(CancellationToken cancellationToken);
}
