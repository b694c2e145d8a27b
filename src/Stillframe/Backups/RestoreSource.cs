using Stillframe.Dumps;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>A table that has to be there after a restore.</summary>
/// <param name="Checksum">As <c>CHECKSUM TABLE</c> gave it on the master; null where it is not known.</param>
sealed record ExpectedTable(TableName Name, long Rows, string? Checksum);

/// <summary>A file with the rows of one table.</summary>
sealed record TableRows(string Path, long Bytes, ExpectedTable Table);

/// <summary>What is restored.</summary>
/// <param name="Name">As people name it.</param>
/// <param name="Version">64 hex digits of what it means.</param>
/// <param name="Server">Of the master; null where the dump does not say.</param>
/// <param name="Before">Files that are run first, one after the other.</param>
/// <param name="Tables">Files that can be run in any order then.</param>
sealed record RestoreSource(string Name, string Version, string? Server, IReadOnlyList<string> Before, IReadOnlyList<TableRows> Tables, IReadOnlyList<string> After)
{
    /// <summary>Every schema that something is made in.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>Of a dump that does not have one file a table.</summary>
    public IReadOnlyList<ExpectedTable> Others { get; init; } = [];

    /// <summary>How its files are read.</summary>
    public DumpOptions Options { get; init; } = new();

    /// <param name="place">A backup (<c>oci://…</c>), a dump directory or a dump file.</param>
    /// <param name="schema">For a dump that names none.</param>
    /// <exception cref="StillframeException">SF1xxx of a dump that is not whole, SF3xxx of a registry.</exception>
    public static async Task<RestoreSource> OpenAsync(string place, string? schema, string cacheDirectory, IReporter reporter, CancellationToken cancellationToken)
    {
        if (FetchedBackup.IsNamedBy(place))
        {
            var fetched = await FetchedBackup.GetAsync(place, cacheDirectory, new RegistryOptions(), reporter, cancellationToken);
            return OfDirectory(fetched.Directory, $"oci://{fetched.Reference.WithDigest(fetched.Digest)}");
        }

        if (!Directory.Exists(place))
            return await Task.Run(() => OfFile(place, new() { DefaultSchema = schema }, reporter, cancellationToken), cancellationToken);
        var source = OfDirectory(place, place);
        await RequireFilesAsync(place, cancellationToken);
        return source;
    }

    /// <exception cref="StillframeException">SF1015.</exception>
    public static RestoreSource OfDirectory(string directory, string name)
    {
        var files = DumpDirectory.Files([directory]).ToList();
        var dump = DumpDirectory.Find(directory)!;
        var all = dump.Files.Zip(files).ToList();
        var (first, last) = (all.FindIndex(file => file.First.Table is not null), all.FindLastIndex(file => file.First.Table is not null));
        var definitions = all.Select((file, i) => (file.First, Path: file.Second, Index: i)).Where(file => file.First.Table is null).ToList();
        return new(
            name,
            dump.DataVersion,
            dump.Server,
            [.. definitions.Where(file => first < 0 || file.Index < first).Select(file => file.Path)],
            [.. all.Where(file => file.First.Table is not null).Select(file => new TableRows(file.Second, file.First.Bytes, Expected(file.First.Table!)))],
            [.. definitions.Where(file => first >= 0 && file.Index > first).Select(file => file.Path)])
        {
            Schemas = dump.Schemas,
        };
    }

    /// <summary>It is read to its end first: one that is cut off is not found out in the middle of a restore.</summary>
    static RestoreSource OfFile(string path, DumpOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        var summary = DumpInspector.Inspect([path], options, reporter, cancellationToken);
        return new(path, summary.DataVersion, summary.Source.ServerVersion, [path], [], [])
        {
            Schemas = [.. summary.Schemas.Concat(summary.DroppedSchemas).Distinct(StringComparer.Ordinal)],
            Others = [.. summary.Tables.Select(table => new ExpectedTable(table.FullName, table.Rows, null))],
            Options = options with { ReadBefore = summary.Files },
        };
    }

    /// <summary>What was fetched is as it was pushed; a directory may have been changed by anybody.</summary>
    static Task RequireFilesAsync(string directory, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(DumpDirectory.Find(directory)!.Files, cancellationToken, async (file, token) => await DumpFileCheck.RequireAsync(directory, file, token));

    static ExpectedTable Expected(DumpedTable table) => new(new(table.Schema, table.Name), table.Rows, table.Checksum);
}
