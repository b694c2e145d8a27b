using System.Globalization;

namespace Stillframe.Dumps;

/// <summary>What time it is for a dump's statements.</summary>
internal static class DumpClock
{
    /// <summary>
    /// When the data was what it is: <c>SOURCE_DATE_EPOCH</c> (reproducible-builds.org) wins; a dump tells no time zone, so its clock counts as UTC.
    /// Null where neither tells.
    /// </summary>
    public static DateTimeOffset? Known(DumpSource source) =>
        long.TryParse(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : source.DumpTime is { } time ? new(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null;

    /// <summary>For a dump that asks for it: now, where nothing tells another time, as a client would have it.</summary>
    public static DateTimeOffset Of(DumpSource source) => Known(source) ?? DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
}
