using System.Text.Json;
using Stillframe.Dumps;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>The tables of a MySQL data directory, from what their tablespaces say of themselves: its dictionary proper, <c>mysql.ibd</c>, is not read.</summary>
static class SerializedTables
{
    /// <summary>dd::enum_column_types (MySQL, sql/dd/types/column.h).</summary>
    const int Varchar = 16, TinyBlob = 24, VarString = 28, Character = 29, Json = 31, Vector = 32;

    /// <summary>Not in names otherwise, where it has a code.</summary>
    const string PartitionMark = "#p#";

    /// <summary>Of a key's part: the column as a whole, which is one of InnoDB's own.</summary>
    const uint Whole = uint.MaxValue;

    /// <summary>Page of the table itself, after that of the tablespace's description.</summary>
    public const int ClusteredRoot = 4;

    const int FirstCollationOfMySql = 248, BinaryCollation = 63;

    /// <param name="directory">After a clean shutdown, its tables without rows.</param>
    /// <exception cref="StillframeException">SF2010: a tablespace is not understood.</exception>
    public static DataDictionary Read(string directory)
    {
        var next = DataDictionary.NextOf(Path.Combine(directory, FileNormalizer.SystemTablespace));
        var keys = new Dictionary<ulong, ClusteredKey>();
        var tables = new Dictionary<string, TableNumbers>(StringComparer.Ordinal);
        var names = new Dictionary<TableName, string>();
        foreach (var path in Directory.EnumerateDirectories(directory).SelectMany(schema => Directory.EnumerateFiles(schema, "*.ibd")))
        {
            try
            {
                var stem = Path.GetRelativePath(directory, path).Replace('\\', '/')[..^".ibd".Length];
                var (numbers, name) = Read(path, next, keys);
                if (numbers is not null)
                    tables.Add(stem, numbers);
                if (name is { } table)
                    names[table] = stem.Split(PartitionMark)[0];
            }
            catch (Exception e) when (e is InvalidDataException or JsonException or KeyNotFoundException or ArgumentOutOfRangeException)
            {
                throw new StillframeException(ErrorCodes.FreezeFailed, $"The tablespace '{path}' can't be understood: {e.Message}. Perhaps its server is newer than this version of Stillframe.", innerException: e);
            }
        }

        return new(keys, new HashSet<(uint, long)>()) { Tables = tables, Names = names, Next = next, IsOfTablesOnly = true };
    }

    static (TableNumbers? Numbers, TableName? Name) Read(string path, TableNumbers next, Dictionary<ulong, ClusteredKey> keys)
    {
        using var file = File.OpenHandle(path);
        var start = new byte[TablespaceFormat.HeaderBytes];
        RandomAccess.Read(file, start, 0);
        var format = TablespaceFormat.Read(start);
        if (format.Unsupported is not null)
            return default;
        var space = InnoDbPage.Space(start);
        // each table has taken a number of a tablespace along with its own
        var table = next.Table - (next.Space - space);
        TableName? name = null;
        if (!format.IsCompressed)
        {
            using var document = SerializedDictionary.ReadTable(file, format);
            if (document?.RootElement.GetProperty("dd_object") is { } definition)
            {
                table = AddKeys(definition, keys) ?? table;
                name = new(definition.GetProperty("schema_ref").GetString()!, definition.GetProperty("name").GetString()!);
            }
        }

        return (new(table, space, Roots(file, format)), name);
    }

    /// <summary>A table without rows has one page of each index.</summary>
    static List<ulong> Roots(Microsoft.Win32.SafeHandles.SafeFileHandle file, TablespaceFormat format)
    {
        var found = new SortedSet<ulong>();
        var header = new byte[PageLayout.LeafSegment];
        for (long at = 0; at < RandomAccess.GetLength(file); at += format.PageSize)
        {
            if (RandomAccess.Read(file, header, at) == header.Length && InnoDbPage.Type(header) is InnoDbPage.Index or InnoDbPage.SpatialIndex)
                found.Add(InnoDbPage.IndexId(header));
        }

        return [.. found];
    }

    /// <summary>Of the table, or of its partitions.</summary>
    /// <returns>The table's number; null where it has partitions, each of which has its own.</returns>
    static ulong? AddKeys(JsonElement definition, Dictionary<ulong, ClusteredKey> keys)
    {
        var columns = definition.GetProperty("columns").EnumerateArray().ToList();
        var nullable = columns.Count(IsNullable);
        var indexes = definition.GetProperty("indexes").EnumerateArray().ToList();
        var holders = Partitions(definition).SelectMany(partition => partition.GetProperty("indexes").EnumerateArray()).Concat(indexes);
        foreach (var index in holders.Where(index => SerializedDictionary.Number(index, "root") == ClusteredRoot))
        {
            var described = index.TryGetProperty("elements", out _) ? index : indexes[index.GetProperty("index_opx").GetInt32()];
            var parts = described.GetProperty("elements").EnumerateArray().TakeWhile(part => !IsTransaction(columns, part));
            keys[SerializedDictionary.Number(index, "id")!.Value] = new([.. parts.Select(part => Field(columns[Column(part)], part.GetProperty("length").GetUInt32()))], (nullable + 7) / 8);
        }

        return columns.Count == 0 ? null : SerializedDictionary.Number(columns[0], "table_id");
    }

    /// <summary>In rows. Of columns that InnoDB made for a full-text index only it knows.</summary>
    static bool IsNullable(JsonElement column) =>
        (column.GetProperty("is_nullable").GetBoolean() || SerializedDictionary.Number(column, "nullable") == 1) && !column.GetProperty("is_virtual").GetBoolean();

    /// <summary>And their subpartitions, which have the files then.</summary>
    static IEnumerable<JsonElement> Partitions(JsonElement holder) =>
        from name in (string[])["partitions", "subpartitions"]
        where holder.TryGetProperty(name, out _)
        from partition in holder.GetProperty(name).EnumerateArray()
        from one in Partitions(partition).Prepend(partition)
        select one;

    static bool IsTransaction(List<JsonElement> columns, JsonElement part) => columns[Column(part)].GetProperty("name").ValueEquals("DB_TRX_ID");

    static int Column(JsonElement part) => part.GetProperty("column_opx").GetInt32();

    /// <param name="length">Bytes at most, of a prefix too.</param>
    static KeyField Field(JsonElement column, uint length)
    {
        var bytes = length == Whole ? column.GetProperty("char_length").GetUInt32() : length;
        var collation = column.GetProperty("collation_id").GetInt32();
        var isFixed = column.GetProperty("type").GetInt32() switch
        {
            Varchar or VarString or (>= TinyBlob and < VarString) or Json or Vector => false,
            Character => collation == BinaryCollation || (collation < FirstCollationOfMySql && Collations.HaveOneWidth(collation)),
            _ => true,
        };
        return isFixed ? new((int)bytes, false) : new(0, IsLong(column));
    }

    /// <summary>Whether a length of the column may take two bytes.</summary>
    static bool IsLong(JsonElement column) => column.GetProperty("char_length").GetUInt32() > byte.MaxValue || column.GetProperty("type").GetInt32() is >= TinyBlob and < VarString;
}
