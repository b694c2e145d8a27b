using System.Globalization;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>The ids that this machine's next processes get.</summary>
static class ProcessIds
{
    const string Last = "/proc/sys/kernel/ns_last_pid";

    /// <summary>They are taken in ascending order, but for those in use.</summary>
    public static void GoOnAt(int id) => File.WriteAllText(Last, id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null where they can be chosen.</summary>
    public static string? WhyNot()
    {
        try
        {
            File.WriteAllText(Last, File.ReadAllText(Last));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{Last}: {e.Message}";
        }
    }
}
