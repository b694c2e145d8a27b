namespace Stillframe.Files;

/// <summary>A file that one process holds open alone; the system lets go of it with the process, however it ends.</summary>
static class LockFile
{
    // errno of flock(2), which .NET passes on as the HResult
    const int LinuxWouldBlock = 11;
    const int BsdWouldBlock = 35;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task<FileStream> TakeAsync(string path, IReporter reporter, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult is LinuxWouldBlock or BsdWouldBlock)
            {
                if (attempt == 10)
                    reporter.Message(Importance.High, $"Waiting for another build, which holds '{path}'");
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
