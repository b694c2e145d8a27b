using System.Runtime.CompilerServices;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;
using Stillframe.Tablespaces;

namespace Stillframe.Compiling;

/// <summary>Compiles tables without a server: their files are written from the rows of the dump. docs/writing-tablespaces.md.</summary>
sealed class TableWriting(CompileContext context, LoadProgress progress, IReporter reporter)
{
    /// <summary>Of memory for what is put in order, shared by the tables that are written at a time.</summary>
    public const int SortBytes = 192 << 20;

    /// <summary>Whether a server's files are those that were compared: of MariaDB 10.11 and 11.8, by <c>./build.sh Soak</c>.</summary>
    public static bool IsProved(ServerRelease release, IReadOnlyList<string> storageOptions) =>
        release is { Product: "MariaDB", Version: { Major: 10, Minor: 11 } or { Major: 11, Minor: 8 } } && storageOptions.Count == 0;

    /// <returns>Null where only a server can compile it, which follows from the table and its rows alone.</returns>
    /// <exception cref="StillframeException">SF1001, SF1011, SF3001.</exception>
    public async Task<CompiledTable?> CompileAsync(TableWork work, CancellationToken cancellationToken)
    {
        var path = Path.Combine(context.Work, Path.GetRandomFileName());
        try
        {
            var source = await WritableTable.OfAsync(context.Schema, work.Table, cancellationToken);
            var written = Write(source, work, path, cancellationToken);
            var compiled = await FinishAsync(work, written, path, cancellationToken);
            reporter.Message(Importance.Normal, $"{work.Table} is written without a server");
            return compiled;
        }
        catch (Exception e) when (e is NotWritableException or NotBulkLoadableException)
        {
            File.Delete(path);
            progress.StartOver(work.Name);
            reporter.Message(Importance.Normal, $"{work.Table} is loaded by a server: {e.Message}");
            return null;
        }
        catch (IOException e)
        {
            throw NewFile.Refused(path, e);
        }
    }

    WrittenTable Write(WritableTable source, TableWork work, string path, CancellationToken cancellationToken)
    {
        try
        {
            return Write(source, work, path, isSorted: true, cancellationToken);
        }
        catch (RowOrderException e)
        {
            progress.StartOver(work.Name);
            reporter.Message(Importance.Low, $"{work.Table} is put in order first: {e.Message}");
            return Write(source, work, path, isSorted: false, cancellationToken);
        }
    }

    WrittenTable Write(WritableTable source, TableWork work, string path, bool isSorted, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        using var writer = new TableWriter(file, source.Pristine, source.Plan, new(context.Work, SortBytes / Math.Max(context.Options.Workers, 1)), isSorted);
        if (work.Rows is { } rows)
        {
            var table = work.Table.Description;
            context.Masks.Find(rows.Name)?.RequireColumns(table.Columns.Select(column => column.Name));
            using var masker = context.Masks.MaskerOf(rows.Name);
            using var encoded = new EncodedRows(rows, table, masker, progress, cancellationToken);
            WritableTable.Require(table, encoded);
            var reader = new FieldReader();
            var isNarrow = WritableTable.IsNarrow(encoded);
            foreach (var block in encoded.Blocks())
                Add(block.Span, writer, reader, table.Columns, isNarrow);
        }

        return writer.Finish();
    }

    /// <summary>Adds rows as <c>LOAD DATA</c> reads them.</summary>
    /// <exception cref="NotWritableException">A value is not proved, or not as a server writes it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<byte> lines, TableWriter writer, FieldReader reader, IReadOnlyList<TableColumn> columns, bool isNarrow)
    {
        while (!lines.IsEmpty)
        {
            writer.Row.Begin();
            for (var column = 0; column < columns.Count; column++)
            {
                var value = reader.Next(ref lines, out var isNull);
                if (isNarrow && columns[column].Charset is not null && value.ContainsAnyInRange((byte)0xf0, (byte)0xff))
                    throw new NotWritableException($"its column {columns[column].Name} has a character of four bytes, and the dump's character set has none");
                if (!(isNull ? writer.Row.TryAddNull() : writer.Row.TryAdd(value)))
                    throw new NotWritableException($"its column {columns[column].Name} has a value that is not proved, or not as a server writes it");
            }

            writer.Row.End();
            writer.Add();
        }
    }

    /// <summary>A table without rows stays as the schema has it.</summary>
    async Task<CompiledTable> FinishAsync(TableWork work, WrittenTable written, string path, CancellationToken cancellationToken)
    {
        var statistics = WritableTable.Statistics(work.Name, written);
        ObjectDescription Describe(IReadOnlyList<ObjectFile> files) => new(written.Rows, written.Checksum, statistics, files, null, null);
        if (work.Rows is null)
        {
            File.Delete(path);
            return new(Describe([]), [], null);
        }

        var description = Describe([new(work.Table.Files[0], new FileInfo(path).Length)]);
        if (work.Alone is not { } layerName)
            return new(description, [path], null);
        var layer = await LayerWriter.WriteAsync(
            CompiledTableFiles.PlanOf(layerName, [(description, [path])]), Path.Combine(context.Work, Path.GetRandomFileName()), context.Options.Layers, cancellationToken);
        File.Delete(path);
        return new(description, [], layer);
    }
}
