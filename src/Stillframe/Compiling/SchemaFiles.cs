using System.Globalization;
using Stillframe.Loading.Bulk;
using Stillframe.Normalizing;

namespace Stillframe.Compiling;

/// <summary>What belongs to each table of a data directory, its partitions and full-text indexes included.</summary>
sealed class SchemaFiles
{
    /// <summary>Of files that hold a table's rows and indexes.</summary>
    static readonly string[] Extensions = [".ibd", ".MAD", ".MAI", ".MYD", ".MYI", ".CSV", ".CSM", ".ARZ"];

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
                 where Extensions.Contains(Path.GetExtension(path))
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
            description, [.. own.OrderBy(value => value.Table)],
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
