using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>A file of one table's rows and indexes, normalised.</summary>
/// <param name="Name">Its place in a data directory, such as <c>shop/orders.ibd</c>.</param>
/// <param name="Path">The file.</param>
public sealed record TableObject(string Name, string Path);

/// <summary>
/// Puts tables' files in place of the empty ones of a pristine directory: one in which the same schema was made, in the same order, and no rows.
/// A directory in which rows were loaded keeps the order of that load in its dictionary, undo and change buffer; a pristine one does not.
/// </summary>
public static class DirectoryLinker
{
    /// <summary>Of files that hold a table's rows and indexes.</summary>
    internal static readonly string[] Extensions = [".ibd", ".MAD", ".MAI", ".MYD", ".MYI", ".CSV", ".CSM", ".ARZ"];

    const int SpaceOffset = 34, ClusteredRoot = 3, IndexIdOffset = 66;

    /// <summary>The files of user tables in a directory whose server is stopped, in ordinal order of their names.</summary>
    public static IReadOnlyList<TableObject> Objects(string directory) =>
        [.. (from schema in Directory.EnumerateDirectories(directory)
            where Path.GetFileName(schema) is not ("mysql" or "performance_schema" or "sys")
            from file in Directory.EnumerateFiles(schema)
            where Extensions.Contains(Path.GetExtension(file))
            select new TableObject($"{Path.GetFileName(schema)}/{Path.GetFileName(file)}", file))
            .OrderBy(found => found.Name, StringComparer.Ordinal)];

    /// <param name="pristine">Changed in place.</param>
    /// <param name="keep">True copies the objects (from a cache), false moves them.</param>
    /// <exception cref="StillframeException">SF2010: an object is of another table than the directory's, since the schema was made in another order.</exception>
    public static void Link(string pristine, IEnumerable<TableObject> objects, bool keep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objects);
        foreach (var item in objects)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = Path.Combine(pristine, item.Name);
            if (!File.Exists(place))
                throw new StillframeException(
                    ErrorCodes.FreezeFailed, $"'{item.Name}' has no place in the frame's schema. The table was compiled with another schema; remove it from the object cache.");
            if (Path.GetExtension(place) == ".ibd" && (Identity(place), Identity(item.Path)) is var (expected, found) && expected != found)
                throw new StillframeException(
                    ErrorCodes.FreezeFailed,
                    $"'{item.Name}' was compiled as tablespace {found.Space}, index {found.Index}; the frame's schema numbers it {expected.Space}, {expected.Index}. "
                    + "Remove it from the object cache.");
            if (keep)
                File.Copy(item.Path, place, overwrite: true);
            else
                File.Move(item.Path, place, overwrite: true);
        }
    }

    /// <summary>Tablespace and clustered index, as the dictionary numbers them; the index is 0 where pages are not understood.</summary>
    static (uint Space, ulong Index) Identity(string path)
    {
        using var file = File.OpenHandle(path);
        var start = new byte[TablespaceFormat.HeaderBytes];
        RandomAccess.Read(file, start, 0);
        var index = new byte[8];
        if (TablespaceFormat.Read(start) is { Unsupported: null, PageSize: var size })
            RandomAccess.Read(file, index, (long)ClusteredRoot * size + IndexIdOffset);
        return (ReadUInt32BigEndian(start.AsSpan(SpaceOffset)), ReadUInt64BigEndian(index));
    }
}
