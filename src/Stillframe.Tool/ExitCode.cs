namespace Stillframe.Tool;

static class ExitCode
{
    public const int Success = 0;

    /// <summary>An error, or a frame that does not keep what it promises.</summary>
    public const int Failure = 1;

    public const int Usage = 2;

    /// <summary>As shells have it after Ctrl+C.</summary>
    public const int Cancelled = 130;
}
