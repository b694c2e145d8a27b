using Stillframe.Freezing;

namespace Stillframe.Layers;

/// <summary>One file of a data directory.</summary>
/// <param name="Relative">Path in the directory, with slashes.</param>
/// <param name="Schema">Its directory; null for a file of the server itself.</param>
/// <param name="Table">Such as <c>shop.orders</c>, as the files are named.</param>
sealed record DataFile(string Relative, string HostPath, long Size, string? Schema, string Table)
{
    /// <summary>The server runs as someone else than its owner and only reads.</summary>
    public LayerEntry ToEntry() => new LayerEntry.File(PathInImage(Relative), HostPath);

    /// <param name="relative">Path in the data directory.</param>
    public static string PathInImage(string relative) => $"{ReadOnlyServer.DataDirectory}/{relative}";
}

static class DataFiles
{
    /// <exception cref="StillframeException">SF2010: a file lies elsewhere.</exception>
    public static IEnumerable<DataFile> Of(string directory) =>
        DirectoryTree.Of(directory)
            .Select(entry => DirectoryTree.IsLink(entry) ? throw Elsewhere(entry) : entry)
            .OfType<FileInfo>()
            .Select(file => Of(Path.GetRelativePath(directory, file.FullName).Replace('\\', '/'), file.FullName, file.Length))
            .OrderBy(file => file.Relative, StringComparer.Ordinal);

    static StillframeException Elsewhere(FileSystemInfo link) => new(
        ErrorCodes.FreezeFailed,
        $"'{link.Name}' in the server's data directory is a link to '{link.LinkTarget}'; a frame holds only what lies in that directory. Take DATA DIRECTORY and INDEX DIRECTORY out of the table.");

    static DataFile Of(string relative, string path, long size)
    {
        var slash = relative.IndexOf('/', StringComparison.Ordinal);
        var schema = slash < 0 || relative[0] == '#' ? null : relative[..slash]; // no schema's directory begins so: MySQL keeps its redo log in one that does
        return new(relative, path, size, schema, $"{schema}.{TableName(relative[(slash + 1)..])}");
    }

    /// <summary><c>orders</c> for <c>orders.ibd</c>, <c>orders.frm</c>, <c>orders#P#p0.ibd</c>, <c>orders#P#p0#SP#s1.ibd</c>.</summary>
    static string TableName(string file)
    {
        var name = file[..(file.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? dot : file.Length)];
        var partition = name.IndexOf("#P#", StringComparison.OrdinalIgnoreCase);
        return partition < 0 ? name : name[..partition];
    }
}
