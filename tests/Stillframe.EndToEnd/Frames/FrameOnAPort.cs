using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Routing;
using Stillframe.Frames;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Frames;

/// <summary>A running frame that a service can connect to.</summary>
sealed class FrameOnAPort : IAsyncDisposable
{
    readonly IFrameStage stage;
    readonly IStagedFrame running;

    FrameOnAPort(FrameBuild build, IFrameStage stage, IStagedFrame running) => (Build, this.stage, this.running) = (build, stage, running);

    public FrameBuild Build { get; }

    public int Port => ((ServerEndpoint.Tcp)running.Endpoint).Port;

    public string Address(string database) => TestProvider.Address(Port, FrameWorkshop.Reader.User, FrameWorkshop.Reader.Password, database);

    /// <summary>As the reader.</summary>
    public Task<ServerConnection> ConnectAsync() => ServerConnection.ConnectAsync(running.Endpoint, FrameWorkshop.Reader.User, FrameWorkshop.Reader.Password, default);

    public static async Task<FrameOnAPort> StartAsync(FrameRequest request)
    {
        var build = await FrameWorkshop.BuildAsync(request);
        var stage = await FrameWorkshop.StageAsync(build);
        try
        {
            return new(build, stage, await stage.StartAsync(FrameStart.Production with { Port = Ports.Free() }, default));
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await running.DisposeAsync();
        await stage.DisposeAsync();
    }
}
