namespace Stillframe.Normalizing;

/// <summary>The one time that a frame's files speak of: 2001-09-09 01:46:40 UTC, the same that its system tables are made at.</summary>
static class FixedTime
{
    public const long UnixSeconds = 1_000_000_000;

    public static DateTimeOffset Moment { get; } = DateTimeOffset.FromUnixTimeSeconds(UnixSeconds);
}
