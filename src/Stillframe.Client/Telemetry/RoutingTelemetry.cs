using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Stillframe.Client.Telemetry;

/// <summary>Metrics and traces of one data source, under the name <c>Stillframe.Client</c>.</summary>
sealed class RoutingTelemetry : IDisposable
{
    const string Name = "Stillframe.Client", SourceTag = "stillframe.source", TargetTag = "stillframe.target", ReasonTag = "stillframe.reason";

    static readonly ActivitySource activities = new(Name);

    readonly string source;
    readonly Meter meter = new(Name);
    readonly Counter<long> opens, failures;
    long imageTicks;

    public RoutingTelemetry(string source)
    {
        this.source = source;
        opens = meter.CreateCounter<long>("stillframe.client.opens", "{open}", "Connections that were handed out, by target (frame or master) and reason.");
        failures = meter.CreateCounter<long>("stillframe.client.master_failures", "{open}", "Opens of the master that failed.");
        meter.CreateObservableGauge("stillframe.client.data_age", Ages, "s", "Age of the data of the frame that was asked last.");
    }

    public static Activity? Start() => activities.StartActivity("stillframe.open", ActivityKind.Client);

    public void Opened(Activity? activity, bool isMaster, string reason)
    {
        var target = isMaster ? "master" : "frame";
        if (opens.Enabled)
            opens.Add(1, new(SourceTag, source), new(TargetTag, target), new(ReasonTag, reason));
        activity?.SetTag(SourceTag, source).SetTag(TargetTag, target).SetTag(ReasonTag, reason);
    }

    public void Failed(Activity? activity, Exception error)
    {
        failures.Add(1, new KeyValuePair<string, object?>(SourceTag, source));
        activity?.SetStatus(ActivityStatusCode.Error, error.Message);
    }

    /// <summary>The age is measured from here on.</summary>
    public void Saw(FrameImage? image) => Volatile.Write(ref imageTicks, image?.Time?.UtcTicks ?? 0);

    public void Dispose() => meter.Dispose();

    IEnumerable<Measurement<double>> Ages()
    {
        var ticks = Volatile.Read(ref imageTicks);
        return ticks == 0 ? [] : [new((DateTimeOffset.UtcNow - new DateTimeOffset(ticks, TimeSpan.Zero)).TotalSeconds, new KeyValuePair<string, object?>(SourceTag, source))];
    }
}
