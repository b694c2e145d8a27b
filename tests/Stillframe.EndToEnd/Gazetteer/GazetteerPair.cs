using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Gazetteer;

/// <summary>The service and the frame of one build, both running, for all tests of a class.</summary>
public sealed class GazetteerPair : IAsyncLifetime, IDisposable
{
    readonly FrameWorkshop workshop = new();
    FrameOnAPort? frame;
    RunningGazetteer? service;

    public RunningGazetteer Service => service ?? throw new InvalidOperationException("'apt-get' is not on PATH");

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.Apt]) is not null)
            return;
        frame = await GazetteerFrame.StartAsync(workshop, GazetteerFrame.Dump);
        service = await RunningGazetteer.StartAsync(frame.Port, GazetteerFrame.Reader.User, GazetteerFrame.Reader.Password);
    }

    public async Task DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        if (frame is not null)
            await frame.DisposeAsync();
    }

    public void Dispose() => workshop.Dispose();
}
