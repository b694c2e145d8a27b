using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Stillframe.MSBuild;

/// <summary>Messages of the library as messages of the build.</summary>
/// <param name="projectFile">Where a warning is shown that no other file is to blame for.</param>
sealed class BuildLog(TaskLoggingHelper log, string projectFile) : IReporter
{
    public void Message(Importance importance, string text)
    {
        log.LogMessage(
            importance switch
            {
                Importance.High => MessageImportance.High,
                Importance.Normal => MessageImportance.Normal,
                _ => MessageImportance.Low,
            },
            "{0}", text); // text may hold braces
        if (importance == Importance.High)
            TerminalLines.Shared?.Write(text);
    }

    public void Warning(string code, string text, SourceLocation? location = null) =>
        log.LogWarning(null, code, null, location?.File ?? projectFile, Line(location), 0, 0, 0, "{0}", text);

    /// <summary>MSBuild's lines are 32 bits wide; a dump's may not be.</summary>
    public static int Line(SourceLocation? location) => (int)Math.Min(location?.Line ?? 0, int.MaxValue);
}
