using Stillframe.Connections;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Loading;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Gazetteer;

/// <summary>A frame of some dump on a port, for the service to connect to.</summary>
public sealed class GazetteerFrame : IAsyncDisposable
{
    readonly IFrameStage stage;
    readonly IStagedFrame running;

    GazetteerFrame(IFrameStage stage, IStagedFrame running) => (this.stage, this.running) = (stage, running);

    /// <summary>The sample's own account: it is part of the data version that the service was built with.</summary>
    public static ReaderAccount Reader { get; } = new("gazetteer", "", AllowEmptyPassword: true);

    public static IReadOnlyList<string> Dump { get; } = [Repository.PathOf("src/Samples/Gazetteer/data/gazetteer.sql.gz")];

    public int Port => ((ServerEndpoint.Tcp)running.Endpoint).Port;

    public static async Task<GazetteerFrame> StartAsync(FrameWorkshop workshop, IReadOnlyList<string> dumps)
    {
        var frame = await FrameWorkshop.BuildAsync(workshop.Request(dumps) with { Reader = Reader });
        var stage = await FrameWorkshop.StageAsync(frame);
        try
        {
            return new(stage, await stage.StartAsync(FrameStart.Production with { Port = Ports.Free() }, CancellationToken.None));
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
