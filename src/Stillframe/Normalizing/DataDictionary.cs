using Stillframe.Dumps;
using static System.Buffers.Binary.BinaryPrimitives;
using static Stillframe.Normalizing.DictionaryTable;

namespace Stillframe.Normalizing;

/// <summary>What InnoDB numbers a table and what belongs to it by.</summary>
/// <param name="Indexes">In ascending order.</param>
sealed record TableNumbers(ulong Table, uint Space, IReadOnlyList<ulong> Indexes);

/// <summary>
/// The tables and their numbers, and the layout of every clustered index, from the dictionary in <c>ibdata1</c> of a server that was shut down cleanly
/// (dict0boot.h, dict0crea.cc, data0type.h). A tablespace doesn't describe its own columns.
/// </summary>
sealed class DataDictionary
{
    const int LastTable = 46, LastIndex = 54, LastSpace = 62;
    const int HeaderPage = 7, TablesRoot = 70, ColumnsRoot = 78, IndexesRoot = 82, FieldsRoot = 86;

    readonly Dictionary<ulong, ClusteredKey> keys;

    public ClusteredKey? this[ulong indexId] => keys.GetValueOrDefault(indexId);

    /// <summary>Every table, by the name it has in the dictionary, such as <c>shop/orders#P#p0</c>: that of its file.</summary>
    public IReadOnlyDictionary<string, TableNumbers> Tables { get; init; } = new Dictionary<string, TableNumbers>();

    /// <summary>Of those that say what table they are of.</summary>
    public IReadOnlyDictionary<TableName, string> Names { get; init; } = new Dictionary<TableName, string>();

    /// <summary>Columns and indexes of every table, by the same names.</summary>
    public IReadOnlyDictionary<string, TableLayout> Layouts { get; } = new Dictionary<string, TableLayout>();

    /// <summary>The numbers that the next table gets.</summary>
    public TableNumbers Next { get; init; } = new(0, 0, []);

    /// <summary>Whether nothing is known of the server's own files, which stay as they are.</summary>
    public bool IsOfTablesOnly { get; init; }

    /// <summary>Pages that are headers of rollback segments, as (tablespace, page).</summary>
    public IReadOnlySet<(uint Space, long Page)> RollbackSegments { get; }

    /// <exception cref="StillframeException">SF2010: not a system tablespace that is understood.</exception>
    public static DataDictionary Read(string systemTablespace)
    {
        using var file = File.OpenHandle(systemTablespace);
        return new(Pages(file, systemTablespace));
    }

    /// <summary>The numbers that the next table gets, which MySQL keeps at the same place.</summary>
    /// <exception cref="StillframeException">SF2010: not a system tablespace that is understood.</exception>
    public static TableNumbers NextOf(string systemTablespace)
    {
        using var file = File.OpenHandle(systemTablespace);
        return NextOf(Pages(file, systemTablespace)(HeaderPage));
    }

    static TableNumbers NextOf(byte[] header) => new(
        ReadUInt64BigEndian(header.AsSpan(LastTable)) + 1, ReadUInt32BigEndian(header.AsSpan(LastSpace)) + 1, [ReadUInt64BigEndian(header.AsSpan(LastIndex)) + 1]);

    static Func<uint, byte[]> Pages(Microsoft.Win32.SafeHandles.SafeFileHandle file, string systemTablespace)
    {
        var start = new byte[TablespaceFormat.HeaderBytes];
        RandomAccess.Read(file, start, 0);
        var format = TablespaceFormat.Read(start);
        if (format.Unsupported is { } reason)
            throw new StillframeException(
                ErrorCodes.FreezeFailed, $"The system tablespace has {reason}, which frames can't be made of. Load the dump into a server with its own defaults.");
        return number =>
        {
            var page = new byte[format.PageSize];
            for (var read = 0; read < page.Length;)
            {
                var got = RandomAccess.Read(file, page.AsSpan(read), (long)number * format.PageSize + read);
                if (got == 0)
                    throw new StillframeException(ErrorCodes.FreezeFailed, $"'{systemTablespace}' ends before its page {number}: the server was not shut down cleanly.");
                read += got;
            }

            return page;
        };
    }

    internal DataDictionary(Dictionary<ulong, ClusteredKey> keys, IReadOnlySet<(uint Space, long Page)> rollbackSegments) =>
        (this.keys, RollbackSegments) = (keys, rollbackSegments);

    DataDictionary(Func<uint, byte[]> space)
    {
        keys = [];
        var header = space(HeaderPage);
        RollbackSegments = Normalizing.RollbackSegments.Headers(space(Normalizing.RollbackSegments.SystemPage)).ToHashSet();
        var columns = Rows(space, Root(header, ColumnsRoot)).ToLookup(row => Id(row[0]), ColumnLayout.Of);
        var fields = Rows(space, Root(header, FieldsRoot)).ToLookup(row => Id(row[0]), row => (Position: Number(row[1]), Name: Text(row[4])));
        var indexes = Rows(space, Root(header, IndexesRoot)).ToLookup(row => Id(row[0]), row => IndexLayout.Of(row, [.. fields[Id(row[1])].OrderBy(field => field.Position)]));
        var tables = Rows(space, Root(header, TablesRoot)).ToDictionary(table => Text(table[0]), table => (Id: Id(table[3]), Space: Number(table[9])));
        Tables = tables.ToDictionary(table => table.Key, table => new TableNumbers(table.Value.Id, table.Value.Space, [.. indexes[table.Value.Id].Select(index => index.Id).Order()]));
        Layouts = tables.ToDictionary(table => table.Key, table => new TableLayout([.. columns[table.Value.Id]], [.. indexes[table.Value.Id]]));
        Next = NextOf(header);
        foreach (var table in indexes)
            foreach (var index in table.Where(index => index.IsClustered))
                keys[index.Id] = Key([.. columns[table.Key]], index.Parts);

        // the dictionary's own tables aren't in it
        keys[1] = new([new(0, true)], 0); // SYS_TABLES: NAME
        keys[2] = keys[4] = new([new(8, false), new(4, false)], 0); // SYS_COLUMNS and SYS_FIELDS: id, position
        keys[3] = new([new(8, false), new(8, false)], 0); // SYS_INDEXES: table, index
    }

    static uint Root(byte[] header, int offset) => ReadUInt32BigEndian(header.AsSpan(offset));

    static ClusteredKey Key(List<ColumnLayout> columns, IReadOnlyList<IndexPart> parts)
    {
        var nullBytes = (columns.Count(column => !column.IsVirtual && column.IsNullable) + 7) / 8;
        return parts.Count == 0
            ? ClusteredKey.Generated with { NullBytes = nullBytes }
            : new([.. parts.Select(part => columns.Find(column => column.Name == part.Column)!.InKey(part.Prefix))], nullBytes);
    }
}
