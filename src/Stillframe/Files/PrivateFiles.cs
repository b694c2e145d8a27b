namespace Stillframe.Files;

/// <summary>Files that nobody but this user may read: what is cached holds data of dumps, and a password. On Windows a user's own directories are private as they are.</summary>
static class PrivateFiles
{
    const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode Enterable = Readable | UnixFileMode.UserExecute;

    /// <summary>Makes a directory, or closes one that is there; those above it stay as they are.</summary>
    public static string MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(path).FullName;
        if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path)) is { Length: > 0 } parent)
            Directory.CreateDirectory(parent);
        var made = Directory.CreateDirectory(path, Enterable);
        if ((made.UnixFileMode & ~Enterable) != 0)
            made.UnixFileMode &= Enterable;
        return made.FullName;
    }

    /// <summary>Closes a directory that is there, if it is this user's.</summary>
    public static void TryCloseDirectory(string path)
    {
        try
        {
            MakeDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // another user's, who decides about it
        }
    }

    /// <summary>Also under the other names of the same file.</summary>
    public static void Close(string file)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, Readable);
    }

    public static async Task WriteAsync(string file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Readable;
        await using var stream = new FileStream(file, options);
        await stream.WriteAsync(bytes, cancellationToken);
    }
}
