namespace Stillframe.Engines;

/// <summary>What a build works with.</summary>
/// <param name="Missing">The base image that was to be taken and could not be had; null where the server is the one asked for.</param>
sealed record OpenedEngine(IEngine Engine, ISandbox Sandbox, string? Missing)
{
    /// <summary>
    /// A server taken for want of another must not replace, under the same tags, the release that services know: nobody decided on that.
    /// </summary>
    /// <param name="previous">Version text of the previous frame's server; empty where there is none.</param>
    /// <exception cref="StillframeException">SF2013.</exception>
    internal void RequireReleaseOf(string previous)
    {
        if (Missing is null || Series(previous) is not { } before || before == Sandbox.Release.Version.ToString(2))
            return;
        throw new StillframeException(
            ErrorCodes.ServerChanged,
            $"The previous frame is served by '{previous}', and this one would be by {Sandbox.Release}, only because '{Missing}' is not available. "
            + $"Make that image available and build again, or say DatabaseBaseImage={BaseImages.Self} to change the server on purpose.");
    }

    /// <summary><c>11.8</c> of <c>11.8.3-MariaDB-ubu2404</c>.</summary>
    static string? Series(string version) =>
        Version.TryParse(version.Split('-')[0], out var parsed) ? parsed.ToString(2) : null;
}
