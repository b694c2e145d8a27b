using Microsoft.Extensions.Diagnostics.HealthChecks;
using Stillframe.Client;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

[Collection(RoutingTests.Name)]
public sealed class HealthOfAFrame(RoutingFixture fixture)
{
    [NeedsFact(Need.LocalServer)]
    public async Task Is_good_with_the_schema_of_the_service_whichever_data_there_is()
    {
        var schema = await SchemaAsync(fixture.OlderAddress);

        foreach (var frame in new[] { fixture.OlderAddress, fixture.NewerAddress })
            Assert.Equal(HealthStatus.Healthy, (await CheckAsync(frame, fixture.Master.Address, schema)).Status);
    }

    /// <summary>A frame of an earlier or a later release than the service.</summary>
    [NeedsFact(Need.LocalServer)]
    public async Task Is_bad_with_another_schema()
    {
        var frame = await fixture.Master.FrameOfAsync(fixture.Master.Dump("other-schema.sql", "CREATE DATABASE shop; USE shop; CREATE TABLE note (id INT PRIMARY KEY, text TEXT, author TEXT) ENGINE=InnoDB;"));

        var result = await CheckAsync(frame.Address(MasterWithFrames.Schema), fixture.Master.Address, await SchemaAsync(fixture.OlderAddress));

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Contains("another schema than this service was built with", result.Description, StringComparison.Ordinal);
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Is_bad_where_no_frame_answers()
    {
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(TestProvider.Address(Ports.Free(), "reader", "", MasterWithFrames.Schema), fixture.Master.Address, null)).Status);
        var result = await CheckAsync(fixture.Master.Address, fixture.Master.Address, null);
        Assert.Equal((HealthStatus.Unhealthy, "The database that reads go to is no frame: it has no table stillframe.image."), (result.Status, result.Description));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Is_degraded_with_data_that_is_too_old()
    {
        await using var source = TestProvider.Source(fixture.OlderAddress, fixture.Master.Address);
        var dumped = (await source.ReadImageAsync())!.Time!.Value;

        var (limit, over) = (TimeSpan.FromHours(3), TimeSpan.FromSeconds(1));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(source, null, limit, dumped + limit)).Status);
        var result = await CheckAsync(source, null, limit, dumped + limit + over);
        Assert.Equal((HealthStatus.Degraded, "The frame's data is 0.03:00:01 old, and may be 0.03:00:00 old."), (result.Status, result.Description));
        Assert.InRange(DateTimeOffset.UtcNow - dumped, TimeSpan.FromSeconds(-1), TimeSpan.FromHours(1)); // in UTC
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Is_degraded_without_a_master()
    {
        var result = await CheckAsync(fixture.OlderAddress, TestProvider.Address(Ports.Free(), "service", "", MasterWithFrames.Schema), null);

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.StartsWith("The master can't be opened", result.Description, StringComparison.Ordinal);
    }

    static async Task<string> SchemaAsync(string frame)
    {
        await using var source = TestProvider.Source(frame, frame);
        return (await source.ReadImageAsync())!.SchemaVersion!;
    }

    static async Task<HealthCheckResult> CheckAsync(string frame, string master, string? schema)
    {
        await using var source = TestProvider.Source(frame, master);
        return await CheckAsync(source, schema, null, null);
    }

    static Task<HealthCheckResult> CheckAsync(FrameDataSource source, string? schema, TimeSpan? limit, DateTimeOffset? now)
    {
        var check = new FrameHealthCheck(source, schema, limit, now is { } time ? new HandClock(time) : null);
        return check.CheckHealthAsync(new() { Registration = new("frame", check, HealthStatus.Unhealthy, null) });
    }

    sealed class HandClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
