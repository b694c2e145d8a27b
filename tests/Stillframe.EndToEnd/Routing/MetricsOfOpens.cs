using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Stillframe.Client;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

[Collection(RoutingTests.Name)]
public sealed class MetricsOfOpens(RoutingFixture fixture)
{
    [NeedsFact(Need.LocalServer)]
    public async Task And_traces_tell_where_each_went_and_why()
    {
        const string name = "measured";
        var (counted, ages, traced) = (new ConcurrentQueue<string>(), new ConcurrentQueue<double>(), new ConcurrentQueue<string>());
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == "Stillframe.Client") listener.EnableMeasurementEvents(instrument); } };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var of = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value);
            if (of["stillframe.source"] == name)
                counted.Enqueue(string.Join(' ', new[] { instrument.Name, of.GetValueOrDefault("stillframe.target"), of.GetValueOrDefault("stillframe.reason") }.OfType<string>()));
        });
        meters.SetMeasurementEventCallback<double>((_, value, tags, _) => { if (tags.ToArray().Any(tag => (string?)tag.Value == name)) ages.Enqueue(value); });
        meters.Start();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Stillframe.Client",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => { if ((string?)activity.GetTagItem("stillframe.source") == name) traced.Enqueue($"{activity.GetTagItem("stillframe.target")} {activity.GetTagItem("stillframe.reason")}"); },
        };
        ActivitySource.AddActivityListener(activities);
        await using var source = TestProvider.Source(fixture.OlderAddress, fixture.Master.Address, name: name);

        await using (await source.OpenConnectionAsync())
        await using (await source.OpenAsync(fixture.Mine))
        await using (await source.OpenMasterAsync())
        {
        }

        await using var broken = TestProvider.Source(fixture.OlderAddress, TestProvider.Address(Ports.Free(), "service", "", MasterWithFrames.Schema), name: name);
        await Assert.ThrowsAsync<MasterUnavailableException>(() => broken.OpenMasterAsync().AsTask());
        meters.RecordObservableInstruments();
        Assert.Empty(ages); // no frame was asked yet
        var dumped = (await source.ReadImageAsync())!.Time!.Value;
        meters.RecordObservableInstruments();

        Assert.Equal(["stillframe.client.opens frame read", "stillframe.client.opens master behind", "stillframe.client.opens master write", "stillframe.client.master_failures"], counted);
        Assert.Equal(["frame read", "master behind", "master write"], traced);
        Assert.InRange(Assert.Single(ages), 0, (DateTimeOffset.UtcNow - dumped).TotalSeconds);
    }
}
