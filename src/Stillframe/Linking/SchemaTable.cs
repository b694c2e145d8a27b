using System.Globalization;
using Stillframe.Connections;
using Stillframe.Layers;
using Stillframe.Loading.Bulk;
using Stillframe.Normalizing;

namespace Stillframe.Linking;

/// <summary>A table as it is before its rows.</summary>
/// <param name="File">Its name in the data directory without extension, such as <c>shop/orders</c>.</param>
/// <param name="Numbers">Of the table, its partitions and what its full-text indexes are kept in; none where it is not InnoDB's.</param>
/// <param name="Files">That take rows, such as <c>shop/orders.ibd</c>, in ordinal order.</param>
sealed record SchemaTable(TableDescription Description, string File, IReadOnlyList<TableNumbers> Numbers, IReadOnlyList<string> Files)
{
    public string Schema => Description.Schema;

    public string Name => Description.Name;

    /// <summary>One tablespace of its own and nothing else: it can be taken from a running server.</summary>
    public bool IsPlain => Description is { Engine: "InnoDB", Type: "BASE TABLE" } && Files.Count == 1 && Numbers.Count == 1;

    public override string ToString() => $"{Schema}.{Name}";

    /// <summary>The names that the server gives files of tables, by schema and table.</summary>
    public static async Task<IReadOnlyDictionary<(string, string), string>> FileNamesAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        const string Encoded = "CAST(CONVERT({0} USING filename) AS BINARY)";
        var schema = string.Format(CultureInfo.InvariantCulture, Encoded, "table_schema");
        var table = string.Format(CultureInfo.InvariantCulture, Encoded, "table_name");
        return (await connection.QueryAsync(
                $"SELECT table_schema, table_name, CONCAT({schema}, '/', {table}) FROM information_schema.tables WHERE table_type <> 'VIEW'", cancellationToken))
            .ToDictionary(row => (row[0]!, row[1]!), row => row[2]!);
    }

    /// <summary>Where a file is in an image.</summary>
    public static string ImagePath(string file) => $"{new DataLayerOptions().ImagePath}/{file}";
}

/// <summary>What belongs to each table of a data directory, its partitions and full-text indexes included.</summary>
sealed class SchemaFiles
{
    const string PartitionMark = "#P#", FullTextMark = "FTS_";

    readonly IReadOnlySet<string> tables;
    readonly ILookup<string, TableNumbers> numbers;
    readonly ILookup<string, string> files;

    /// <param name="directory">A data directory in which the tables were made.</param>
    /// <param name="tables">Their names in it.</param>
    /// <param name="numbers">By the names of files, without extension.</param>
    public SchemaFiles(string directory, IReadOnlySet<string> tables, IReadOnlyDictionary<string, TableNumbers> numbers)
    {
        this.tables = tables;
        this.numbers = numbers.ToLookup(pair => OwnerOf(pair.Key), pair => pair.Value, StringComparer.Ordinal);
        files = (from folder in Directory.EnumerateDirectories(directory)
                 from path in Directory.EnumerateFiles(folder)
                 where DirectoryLinker.Extensions.Contains(Path.GetExtension(path))
                 select $"{Path.GetFileName(folder)}/{Path.GetFileName(path)}")
            .ToLookup(name => OwnerOf(name[..^Path.GetExtension(name).Length]), StringComparer.Ordinal);
    }

    /// <param name="file">The table's name in the data directory.</param>
    public SchemaTable Of(TableDescription description, string file)
    {
        var own = numbers[file].ToList();
        var folder = file[..file.IndexOf('/', StringComparison.Ordinal)];
        var fullText = own.Select(table => FullText(folder, table.Table.ToString("x16", CultureInfo.InvariantCulture))).ToList();
        own.AddRange(fullText.SelectMany(owner => numbers[owner]));
        return new(
            description, file, [.. own.OrderBy(value => value.Table)],
            [.. files[file].Concat(fullText.SelectMany(owner => files[owner])).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The table that a file is of: its own name, or for a full-text index's, the number of its table.</summary>
    string OwnerOf(string stem)
    {
        var slash = stem.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || tables.Contains(stem))
            return stem;
        var name = stem.AsSpan(slash + 1);
        if (name.StartsWith(FullTextMark, StringComparison.OrdinalIgnoreCase) && name.Length > FullTextMark.Length + 16 && name[FullTextMark.Length + 16] == '_')
            return FullText(stem[..slash], name.Slice(FullTextMark.Length, 16).ToString());
        // encoded names have no '#' of their own
        var partition = stem.IndexOf(PartitionMark, StringComparison.OrdinalIgnoreCase);
        return partition < 0 ? stem : stem[..partition];
    }

    static string FullText(string folder, string number) => $"{folder}/{FullTextMark}{number.ToUpperInvariant()}_";
}
