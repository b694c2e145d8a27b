using Microsoft.Build.Framework;
using Stillframe.Consoles;
using MSBuildTask = Microsoft.Build.Utilities.Task;

namespace Stillframe.MSBuild;

/// <summary>What all tasks share: cancellation, and one line for each error.</summary>
public abstract class DatabaseTask : MSBuildTask, ICancelableTask, IDisposable
{
    readonly CancellationTokenSource cancellation = new();

    /// <summary>Where an error that no dump file is to blame for is shown.</summary>
    public string ProjectFile { get; set; } = "";

    public void Cancel() => cancellation.Cancel();

    public sealed override bool Execute()
    {
        try
        {
            ExecuteAsync(new BuildLog(Log, ProjectFile), cancellation.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false; // MSBuild itself says that the build was cancelled
        }
        catch (StillframeException e)
        {
            LogError(e.Code, e.Message, e.Location);
            Log.LogMessage(MessageImportance.Low, "{0}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // what a build writes below obj and bin; the message names the file
            LogError(ErrorCodes.WriteFailed, $"A file can't be written or read: {Diagnostic.FirstLine(e.Message).TrimEnd('.')}. Make room on its disk, and let it be this user's.", null);
            Log.LogMessage(MessageImportance.Low, "{0}", e);
        }
        catch (Exception e)
        {
            LogError(ErrorCodes.Unexpected, Diagnostic.Unexpected(e, "'dotnet build -v:d'"), null);
            Log.LogMessage(MessageImportance.Low, "{0}", e);
        }

        return !Log.HasLoggedErrors;
    }

    protected abstract Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken);

    void LogError(string code, string message, SourceLocation? location) =>
        Log.LogError(null, code, null, location?.File ?? ProjectFile, BuildLog.Line(location), 0, 0, 0, message);

    public void Dispose()
    {
        cancellation.Dispose();
        GC.SuppressFinalize(this);
    }
}
