using Stillframe.Engines;
using Stillframe.Layers;
using Stillframe.Loading;

namespace Stillframe.Compiling;

/// <summary>Takes the files of loaded tables out of a worker's sandbox, normalised, and in a layer of their own where they have one.</summary>
sealed class CompiledTableFiles(ISandbox sandbox, CompileContext context)
{
    /// <summary>A clean tablespace, while the server goes on with others.</summary>
    public async Task<CompiledTable> ExportAsync(LoadSession session, TableWork table, LoadedTable loaded, CancellationToken cancellationToken)
    {
        await PurgeAsync(session, cancellationToken);
        await session.ExecuteAsync($"FLUSH TABLES {Connections.Sql.Table(table.Name)} FOR EXPORT", cancellationToken);
        var name = table.Table.Files[0];
        var compiled = await sandbox.ReadDataFileAsync(name, (content, length, token) => NormalizeAsync(table, loaded, name, content, length, token), cancellationToken);
        await session.ExecuteAsync("UNLOCK TABLES", cancellationToken);
        return compiled;
    }

    /// <summary>
    /// Waits until what was deleted is gone, which only a purge does. The server's own way of waiting looks ten times a second, and nobody else tells an idle purge to begin but the
    /// end of an export (row0quiesce.cc, row_quiesce_table_complete): here of a table that nothing uses.
    /// </summary>
    static async Task PurgeAsync(LoadSession session, CancellationToken cancellationToken)
    {
        const int Looks = 8;
        for (var look = 0; look < Looks; look++)
        {
            if (await session.RunAsync(connection => connection.QueryAsync("SHOW GLOBAL STATUS LIKE 'Innodb_history_list_length'", cancellationToken)) is [[_, "0"]])
                return;
            await session.ExecuteAsync("FLUSH TABLES mysql.transaction_registry FOR EXPORT", cancellationToken);
            await session.ExecuteAsync("UNLOCK TABLES", cancellationToken);
            await Task.Delay(look, cancellationToken);
        }

        await session.ExecuteAsync("SET GLOBAL innodb_max_purge_lag_wait = 0", cancellationToken);
    }

    async Task<CompiledTable> NormalizeAsync(TableWork table, LoadedTable loaded, string name, Stream content, long length, CancellationToken cancellationToken)
    {
        await using var tablespace = context.Schema.Normalizer.Read(content);
        var path = NewPath();
        Layer? layer = null;
        if (table.Alone is { } layerName)
        {
            var plan = new LayerPlan(layerName, [new LayerEntry.Streamed(DataFile.PathInImage(name), length, () => tablespace)]);
            layer = await LayerWriter.WriteAsync(plan, path, context.Options.Layers, cancellationToken);
        }
        else
        {
            await using var file = new NewFile(path);
            await tablespace.CopyToAsync(file, 1 << 20, cancellationToken);
            await file.CommitAsync();
        }

        return new(loaded.Describe([new(name, length)], tablespace.Result.LeftAlone), layer is null ? [path] : [], layer);
    }

    /// <summary>The files of a table after the server's shutdown.</summary>
    public async Task<CompiledTable> TakeAsync(TableWork table, LoadedTable loaded, CancellationToken cancellationToken)
    {
        string? leftAlone = null;
        var directory = NewPath();
        foreach (var name in table.Table.Files)
            await sandbox.CopyDataFileAsync(name, Path.Combine(directory, name), cancellationToken);

        // an Aria table's index file takes its data file along, so all are there first
        foreach (var name in table.Table.Files)
        {
            var normalized = context.Schema.Normalizer.Normalize(Path.Combine(directory, name), name, cancellationToken);
            leftAlone ??= normalized?.LeftAlone;
        }

        var paths = table.Table.Files.Select(name => Path.Combine(directory, name)).ToList();
        var files = table.Table.Files.Zip(paths, (name, path) => new ObjectFile(name, new FileInfo(path).Length)).ToList();
        var description = loaded.Describe(files, leftAlone);
        return table.Alone is { } layerName
            ? new(description, [], await LayerWriter.WriteAsync(PlanOf(layerName, [(description, paths)]), NewPath(), context.Options.Layers, cancellationToken))
            : new(description, paths, null);
    }

    /// <summary>A layer of files.</summary>
    public static LayerPlan PlanOf(string name, IEnumerable<(ObjectDescription Description, IReadOnlyList<string> Paths)> tables) => new(
        name,
        [.. tables.SelectMany(table => table.Description.Files.Zip(table.Paths, (file, path) => new LayerEntry.File(DataFile.PathInImage(file.Name), path)))]);

    string NewPath() => Path.Combine(context.Work, Path.GetRandomFileName());
}
