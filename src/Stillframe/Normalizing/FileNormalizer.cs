using Stillframe.Dumps;

namespace Stillframe.Normalizing;

/// <summary>
/// Normalises files of one data directory, or of another in which the same schema was made in the same order: a pristine directory
/// serves for the tables that a worker loads, also while that worker still runs (<c>FLUSH TABLES … FOR EXPORT</c>, copy, normalise the copy).
/// </summary>
sealed class FileNormalizer
{
    public const string SystemTablespace = "ibdata1";

    const string RedoLogFile = "ib_logfile0";

    readonly DataDictionary dictionary;

    FileNormalizer(DataDictionary dictionary) => this.dictionary = dictionary;

    /// <param name="directory">A data directory of MariaDB whose server was shut down cleanly.</param>
    /// <exception cref="StillframeException">SF2010: its system tablespace is not understood.</exception>
    public static FileNormalizer For(string directory) => new(DataDictionary.Read(Path.Combine(directory, SystemTablespace)));

    /// <summary>Likewise of MySQL, of whose files only those of tables are normalised.</summary>
    /// <exception cref="StillframeException">SF2010: a tablespace is not understood.</exception>
    public static FileNormalizer ForTablesOf(string directory) => new(SerializedTables.Read(directory));

    /// <summary>Every table, by the name of its file without extension, such as <c>shop/orders#P#p0</c>.</summary>
    public IReadOnlyDictionary<string, TableNumbers> Tables => dictionary.Tables;

    /// <summary>The same names by tables' own, where tablespaces say of which table they are.</summary>
    public IReadOnlyDictionary<TableName, string> Names => dictionary.Names;

    /// <summary>Columns and indexes of every table, by the same names.</summary>
    public IReadOnlyDictionary<string, TableLayout> Layouts => dictionary.Layouts;

    /// <summary>The numbers that the next table gets.</summary>
    public TableNumbers Next => dictionary.Next;

    /// <summary>A tablespace's bytes, normalised while they are read.</summary>
    /// <param name="content">From its first byte; owned by the result.</param>
    internal NormalizedTablespace Read(Stream content) => new(content, dictionary);

    /// <summary>Normalises one file in place; an Aria table's <c>.MAI</c> takes its <c>.MAD</c> along.</summary>
    /// <param name="name">Its name within a data directory, with <c>/</c>.</param>
    /// <returns>Null for a file that holds nothing of its making.</returns>
    /// <exception cref="StillframeException">SF2010: the file is damaged, or the redo log not empty.</exception>
    public Normalization? Normalize(string path, string name, CancellationToken cancellationToken) => name switch
    {
        _ when dictionary.IsOfTablesOnly && !name.Contains('/', StringComparison.Ordinal) => null,
        RedoLogFile => RedoLog.Normalize(path),
        SystemTablespace => InnoDbPages.Normalize(path, dictionary, cancellationToken),
        ['u', 'n', 'd', 'o', .. var number] when int.TryParse(number, out _) => InnoDbPages.Normalize(path, dictionary, cancellationToken),
        _ => Path.GetExtension(name) switch
        {
            ".ibd" => InnoDbPages.Normalize(path, dictionary, cancellationToken),
            ".MAI" => AriaTable.Normalize(path, cancellationToken),
            ".MYI" => InMemory(path, MyIsamHeader.Normalize),
            ".frm" or ".TRG" => InMemory(path, DefinitionFile.Normalize),
            _ => null,
        },
    };

    delegate Normalization Change(Span<byte> file);

    static Normalization InMemory(string path, Change change)
    {
        var content = File.ReadAllBytes(path);
        var result = change(content);
        File.WriteAllBytes(path, content);
        return result;
    }
}
