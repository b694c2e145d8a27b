using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Stillframe.Files;

/// <summary>Whose files are.</summary>
static partial class FileOwner
{
    /// <summary>Gives a user and the group of the same number a directory and all that is in it; links, and not what they name.</summary>
    /// <exception cref="Win32Exception">This process may not.</exception>
    public static void Give(string directory, uint user)
    {
        foreach (var path in DirectoryTree.Of(directory).Select(entry => entry.FullName).Prepend(directory))
            if (ChangeOwner(path, user, user) != 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
