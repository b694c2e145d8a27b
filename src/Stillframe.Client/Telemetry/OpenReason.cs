namespace Stillframe.Client.Telemetry;

/// <summary>Why an open went where it went; the values of the tag <c>stillframe.reason</c>.</summary>
static class OpenReason
{
    /// <summary>A plain read, of a frame.</summary>
    public const string Read = "read";

    /// <summary>The frame has the position.</summary>
    public const string Contained = "contained";

    /// <summary>The frame does not have the position, as far as is known: the master.</summary>
    public const string Behind = "behind";

    /// <summary>The user has written just now: the master.</summary>
    public const string Written = "written";

    /// <summary>The frame does not have the position, but the master is away.</summary>
    public const string Stale = "stale";

    /// <summary>The master was asked for.</summary>
    public const string Write = "write";

    /// <summary>The master was asked where it is, or whether it is there.</summary>
    public const string Look = "look";
}
