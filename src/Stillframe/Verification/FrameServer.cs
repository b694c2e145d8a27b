using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.Verification;

/// <summary>The server of a frame that was just started.</summary>
static class FrameServer
{
    /// <exception cref="StillframeException">SF4002.</exception>
    public static async Task<IServer> WhenReadyAsync(SupervisedProcess process, IReadOnlyList<ServerEndpoint> endpoints, CancellationToken cancellationToken)
    {
        try
        {
            return await RunningServer.WhenReadyAsync(process, "The frame's server", endpoints, cancellationToken);
        }
        catch (StillframeException e)
        {
            throw new StillframeException(ErrorCodes.FrameStartFailed, $"The frame did not start. {e.Message}", null, e);
        }
    }
}
