namespace Stillframe.MSBuild;

/// <summary>Where an OCI archive goes.</summary>
static class ArchivePath
{
    /// <summary>
    /// A path that ends in a slash or names a directory takes a file named after the repository, as <c>ContainerArchiveOutputPath</c> does.
    /// </summary>
    public static string Of(string path, string repository) =>
        Path.EndsInDirectorySeparator(path) || Directory.Exists(path) ? Path.Combine(path, FileName(repository)) : path;

    /// <summary>The file beside the service's own archive.</summary>
    public static string Beside(string serviceArchive, string repository)
    {
        var directory = Path.EndsInDirectorySeparator(serviceArchive) || Directory.Exists(serviceArchive)
            ? serviceArchive
            : Path.GetDirectoryName(serviceArchive) ?? "";
        return Path.Combine(directory, FileName(repository));
    }

    static string FileName(string repository) => $"{repository.Replace('/', '-')}.tar";
}
