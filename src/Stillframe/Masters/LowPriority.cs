using System.Runtime.InteropServices;

namespace Stillframe.Masters;

/// <summary>Lets others go first.</summary>
static class LowPriority
{
    /// <summary>Of setpriority(2): a process, which on Linux is a thread, and 0 is the one that asks.</summary>
    const int Process = 0, This = 0, Nice = 10;

    /// <summary>Of a thread that is of no other use afterwards: the way back takes a right.</summary>
    public static void OfThisThread()
    {
        if (OperatingSystem.IsLinux())
            _ = SetPriority(Process, This, Nice); // without it, it does as it always did
    }

    // setpriority(2): priorities of .NET's threads do nothing on Linux
    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SetPriority(int which, int who, int value);
}
