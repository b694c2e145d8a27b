namespace Stillframe.Files;

/// <summary>Asks a directory whether it takes files: permissions, read-only mounts and quotas are known by trying alone.</summary>
static class WritableDirectory
{
    /// <summary>Null where files can be made below it, which may mean to make it first; otherwise one clause saying why not. Leaves nothing.</summary>
    public static string? WhyNot(string directory)
    {
        var there = Existing(directory);
        if (File.Exists(there))
            return $"'{there}' is a file";
        try
        {
            var probe = Path.Combine(there, $".stillframe-{Path.GetRandomFileName()[..8]}");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0); // a full disk still gives names
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"'{there}' takes no file: {e.Message.TrimEnd('.')}";
        }
    }

    /// <summary>The directory, or what is there of its path.</summary>
    public static string Existing(string directory)
    {
        var there = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        while (!Path.Exists(there) && Path.GetDirectoryName(there) is { } parent)
            there = parent;
        return there;
    }
}
