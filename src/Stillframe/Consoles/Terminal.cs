namespace Stillframe.Consoles;

/// <summary>What this process prints to.</summary>
public static class Terminal
{
    /// <summary>Whether standard error is a terminal that shows colours, and its user wants them (no-color.org).</summary>
    public static bool ErrorHasColour => !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
}
