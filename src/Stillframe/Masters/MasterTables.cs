using System.Globalization;
using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>Writes the files of all tables, on all connections of a snapshot.</summary>
/// <param name="file">Writes one.</param>
sealed class MasterTables(MasterSnapshot snapshot, TableFile file, IReporter reporter)
{
    /// <summary>The files in the order of the tables, whichever is written first, and with which names.</summary>
    /// <exception cref="StillframeException">SF3001, SF5001, SF5002.</exception>
    /// <exception cref="TableAlteredException">One is not as it was.</exception>
    public async Task<IReadOnlyList<WrittenTable>> WriteAsync(IReadOnlyList<MasterTable> tables, CancellationToken cancellationToken)
    {
        var names = new FileNames();
        var named = tables.Select((table, index) => (Table: table, Name: names.Of(table.Name), Index: index)).ToList();
        var written = new WrittenTable[tables.Count];
        var sizes = await SizesAsync(tables, cancellationToken);
        // big ones first: at the end there are small ones for whoever is done
        var waiting = new Queue<(MasterTable Table, string Name, int Index)>(named.OrderByDescending(one => sizes.GetValueOrDefault(one.Table.Name)));
        await Parallel.ForEachAsync(
            snapshot.Sessions,
            new ParallelOptions { MaxDegreeOfParallelism = snapshot.Sessions.Count, CancellationToken = cancellationToken },
            async (session, token) =>
            {
                while (Next() is { } next)
                    written[next.Index] = await WriteAsync(session, next.Table, next.Name, token);
            });
        return written;

        (MasterTable Table, string Name, int Index)? Next()
        {
            lock (waiting)
                return waiting.TryDequeue(out var next) ? next : null;
        }
    }

    async Task<WrittenTable> WriteAsync(MasterSession session, MasterTable table, string name, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("SAVEPOINT before_table", cancellationToken);
        var written = await file.WriteAsync(session, table, name, cancellationToken);
        await session.ExecuteAsync("ROLLBACK TO SAVEPOINT before_table", cancellationToken); // whoever wants to alter the table need not wait for the others
        if (!await table.IsAsReadAsync(session, cancellationToken))
            throw new TableAlteredException($"{table.Name} has another definition now");
        if (written.WasRead)
            reporter.Message(Importance.Normal, string.Create(CultureInfo.InvariantCulture, $"Dumped {table.Name}: {written.File.Table!.Rows:N0} rows, {ByteCount.Text(written.File.Bytes)}"));
        return written;
    }

    /// <summary>As the server estimates them.</summary>
    async Task<Dictionary<TableName, long>> SizesAsync(IReadOnlyList<MasterTable> tables, CancellationToken cancellationToken)
    {
        if (snapshot.Sessions.Count == 1)
            return [];
        var sizes = new Dictionary<TableName, long>();
        foreach (var schema in tables.Select(table => table.Name.Schema).Distinct())
            foreach (var row in await snapshot.Sessions[0].QueryAsync($"SELECT table_name, data_length FROM information_schema.tables WHERE table_schema = {Sql.Literal(schema)} AND data_length IS NOT NULL", cancellationToken))
                sizes[new(schema, row[0]!)] = long.Parse(row[1]!, CultureInfo.InvariantCulture);
        return sizes;
    }
}

/// <summary>What became of a table.</summary>
/// <param name="WasRead">Its rows, from the master; otherwise the previous dump's file was taken.</param>
/// <param name="Differs">It was read although it was not to have changed, and it had.</param>
sealed record WrittenTable(DumpedFile File, bool WasRead, bool Differs = false);
