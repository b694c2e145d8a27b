using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Stillframe.Files;

/// <summary>A directory held by one process alone, by flock(2): the system lets go of it with the process, and it counts across containers on one host.</summary>
/// <remarks>By flock(2) itself: a FileStream takes the same lock, but opens no directory.</remarks>
[UnsupportedOSPlatform("windows")]
sealed partial class DirectoryLock : IDisposable
{
    const int ReadOnly = 0, Exclusive = 2, WithoutWaiting = 4;

    // O_CLOEXEC, fcntl.h: a child must not hold the lock after us
    static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    readonly SafeFileHandle handle;

    DirectoryLock(SafeFileHandle handle) => this.handle = handle;

    /// <summary>Null where another one holds it, or it can't be opened or locked.</summary>
    public static DirectoryLock? TryTake(string directory)
    {
        var handle = new SafeFileHandle(Open(directory, ReadOnly | CloseOnExec), ownsHandle: true);
        if (!handle.IsInvalid && Lock(handle, Exclusive | WithoutWaiting) == 0)
            return new(handle);
        handle.Dispose();
        return null;
    }

    public void Dispose() => handle.Dispose();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
