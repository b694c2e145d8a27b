using System.Text.Json.Nodes;

namespace Stillframe.Oci;

/// <summary>
/// When an engine asks a container for its health. Docker image specification v1.2, "Image JSON Description", "Healthcheck"; OCI's has no such field, and
/// engines that don't know it leave it out.
/// </summary>
static class HealthCheckJson
{
    /// <summary>Between two questions; each starts a process in the container.</summary>
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Longer than the program itself waits for an answer.</summary>
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>A container may be busy for so long before a missing answer counts.</summary>
    static readonly TimeSpan StartPeriod = TimeSpan.FromMinutes(1);

    /// <summary>Between two questions of that time, until the first good answer: who waits for this one waits no longer than it takes. Since Docker 25.</summary>
    static readonly TimeSpan StartInterval = TimeSpan.FromSeconds(1);

    const int Retries = 3;

    /// <param name="command">Program and arguments; no shell is asked to read them.</param>
    public static JsonObject Of(IReadOnlyList<string> command) => new()
    {
        ["Test"] = new JsonArray([JsonValue.Create("CMD"), .. command.Select(word => JsonValue.Create(word))]),
        ["Interval"] = Nanoseconds(Interval),
        ["Timeout"] = Nanoseconds(Timeout),
        ["StartPeriod"] = Nanoseconds(StartPeriod),
        ["StartInterval"] = Nanoseconds(StartInterval),
        ["Retries"] = Retries,
    };

    static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;
}
