namespace Nuke.Common.IO;

/// <summary>A path that is joined with <c>/</c>.</summary>
public sealed class AbsolutePath
{
    readonly string path;

    AbsolutePath(string path) => this.path = path;

    public static implicit operator AbsolutePath(string path) => new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    public static implicit operator string(AbsolutePath path) => path.path;

    public static AbsolutePath operator /(AbsolutePath left, string right) => Path.Combine(left.path, right);

    public override string ToString() => path;
}

public static class AbsolutePathExtensions
{
    public static bool FileExists(this AbsolutePath path) => File.Exists(path);

    public static AbsolutePath CreateDirectory(this AbsolutePath path)
    {
        Directory.CreateDirectory(path);
        return path;
    }

    public static void DeleteDirectory(this AbsolutePath path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    public static AbsolutePath CreateOrCleanDirectory(this AbsolutePath path)
    {
        path.DeleteDirectory();
        return path.CreateDirectory();
    }
}
