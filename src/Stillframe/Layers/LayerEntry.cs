namespace Stillframe.Layers;

/// <summary>One file, directory or link of a layer.</summary>
abstract record LayerEntry
{
    LayerEntry(string path, int mode, int userId, int groupId)
    {
        Path = path.Trim('/');
        if (Path.Length == 0 || Path.Split('/').Any(part => part is "" or "." or ".."))
            throw new ArgumentException($"'{path}' is not a path inside an image.", nameof(path));
        (Mode, UserId, GroupId) = (mode, userId, groupId);
    }

    /// <summary>Path in the image, without a leading slash.</summary>
    public string Path { get; }

    /// <summary>Permission bits; see <see cref="Modes"/>.</summary>
    public int Mode { get; init; }

    public int UserId { get; init; }

    public int GroupId { get; init; }

    public sealed record Directory(string ImagePath, int DirectoryMode = Modes.Executable, int User = 0, int Group = 0)
        : LayerEntry(ImagePath, DirectoryMode, User, Group);

    /// <param name="HostPath">File of this host; read when the layer is written.</param>
    public sealed record File(string ImagePath, string HostPath, int FileMode = Modes.Readable, int User = 0, int Group = 0)
        : LayerEntry(ImagePath, FileMode, User, Group);

    /// <param name="Length">Bytes of the content.</param>
    /// <param name="Open">Opens the content when the layer is written; once.</param>
    public sealed record Streamed(string ImagePath, long Length, Func<Stream> Open, int FileMode = Modes.Readable, int User = 0, int Group = 0)
        : LayerEntry(ImagePath, FileMode, User, Group);

    public sealed record Content(string ImagePath, byte[] Bytes, int FileMode = Modes.Readable, int User = 0, int Group = 0)
        : LayerEntry(ImagePath, FileMode, User, Group);

    /// <param name="Target">What the symbolic link says; absolute, or relative to its directory.</param>
    public sealed record Link(string ImagePath, string Target)
        : LayerEntry(ImagePath, Modes.Everything, 0, 0);
}

/// <summary>Permission bits that layers use; C# has no octal numbers.</summary>
static class Modes
{
    /// <summary>0644</summary>
    public const int Readable = (6 << 6) | (4 << 3) | 4;

    /// <summary>0755</summary>
    public const int Executable = (7 << 6) | (5 << 3) | 5;

    /// <summary>0777</summary>
    public const int Everything = (7 << 6) | (7 << 3) | 7;

    /// <summary>1777, as <c>/tmp</c> has it.</summary>
    public const int Sticky = (1 << 9) | Everything;
}
