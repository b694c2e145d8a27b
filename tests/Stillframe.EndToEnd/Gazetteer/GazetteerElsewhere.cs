using System.Net;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Gazetteer;

/// <summary>The service without its own frame.</summary>
public sealed class GazetteerElsewhere : IDisposable
{
    readonly FrameWorkshop workshop = new();

    [NeedsFact(Need.Apt)]
    public async Task Says_so_where_the_data_is_of_another_version()
    {
        var dump = workshop.Dump("other.sql", "CREATE DATABASE gazetteer; USE gazetteer; CREATE TABLE place (id INT PRIMARY KEY, name VARCHAR(200)) ENGINE=InnoDB;");
        await using var frame = await GazetteerFrame.StartAsync(workshop, [dump]);
        await using var service = await RunningGazetteer.StartAsync(frame.Port, GazetteerFrame.Reader.User, GazetteerFrame.Reader.Password);

        var (status, version) = await service.GetAsync("/version");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(version.GetProperty("match").GetBoolean());
        Assert.Contains("data-" + version.GetProperty("expectedData").GetString()![..12], version.GetProperty("message").GetString(), StringComparison.Ordinal);

        var (_, health) = await service.GetAsync("/health");
        Assert.Equal("Degraded", health.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Is_unhealthy_without_a_database()
    {
        await using var service = await RunningGazetteer.StartAsync(Ports.Free(), "gazetteer", "");
        foreach (var path in (string[])["/health", "/version", "/places?name=Oslo"])
        {
            var (status, json) = await service.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.DoesNotContain("at MySql", json.ToString(), StringComparison.Ordinal); // no stack trace
        }
    }

    public void Dispose() => workshop.Dispose();
}
