namespace Stillframe.EndToEnd.Oracle;

/// <summary>Where servers and frames of the oracle lie: in memory where there is room, since thousands are made.</summary>
static class WorkDirectory
{
    const string Shared = "/dev/shm";
    const long Enough = 4L << 30;

    public static string Path { get; } = IsRoomy() ? Shared : System.IO.Path.GetTempPath();

    static bool IsRoomy()
    {
        try
        {
            return Directory.Exists(Shared) && new DriveInfo(Shared).AvailableFreeSpace > Enough;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
