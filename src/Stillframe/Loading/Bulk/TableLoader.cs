using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Masking;

namespace Stillframe.Loading.Bulk;

/// <summary>Loads the rows of tables, one table at a time, each on a connection of its own.</summary>
sealed class TableLoader(LoadSession session, LoadProgress? progress, IReporter reporter, DumpMasks masks)
{
    bool counterIsInMemoryOnly;
    RowMasker? masker; // of the table

    /// <summary>Once: it is made for each table anew.</summary>
    /// <returns>Whether the server made values of its own, which may have the time of day in them: the dump's INSERT statements were run.</returns>
    /// <exception cref="StillframeException">SF2007 at the INSERT that the server refuses; SF2006.</exception>
    /// <exception cref="OrderMattersException">A value depends on more than its own table.</exception>
    public async Task<bool> LoadAsync(TableRows rows, TableDescription table, CancellationToken cancellationToken)
    {
        masks.Find(rows.Name)?.RequireColumns(table.Columns.Select(column => column.Name));
        using var ofTable = masker = masks.MaskerOf(rows.Name);
        var inserted = !await TryLoadDataAsync(rows, table, cancellationToken);
        if (inserted)
        {
            progress?.StartOver(rows.Name);
            await InsertAsync(rows, cancellationToken);
        }

        if (counterIsInMemoryOnly)
            await KeepCounterAsync(table, cancellationToken);
        return inserted;
    }

    async Task<bool> TryLoadDataAsync(TableRows rows, TableDescription table, CancellationToken cancellationToken)
    {
        try
        {
            await session.ReconnectAsync(SessionOf.Rows, cancellationToken);
            await LoadDataAsync(rows, table, cancellationToken);
            return true;
        }
        catch (NotBulkLoadableException e)
        {
            reporter.Message(Importance.Low, $"{rows} is loaded by its INSERT statements: {e.Message}");
            return false;
        }
    }

    async Task RollBackAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("ROLLBACK", cancellationToken);
        counterIsInMemoryOnly = true;
    }

    /// <summary>
    /// What a table counts to, InnoDB writes with each row but the first one of a bulk load, and it is gone when a bulk load is rolled back (row0ins.cc, row0undo.cc): the server
    /// that loaded the rows knows it, and one that is started on its files would count from elsewhere.
    /// </summary>
    async Task KeepCounterAsync(TableDescription table, CancellationToken cancellationToken)
    {
        if (!table.Columns.Any(column => column.AutoIncrement))
            return;
        await session.ReconnectAsync(SessionOf.Builder, cancellationToken);
        var next = await session.RunAsync(connection => connection.QueryAsync(
            $"SELECT auto_increment FROM information_schema.tables WHERE {Sql.IsTable(table.Name)}", cancellationToken));
        if (next is not [[{ } count]])
            return;
        await session.ExecuteAsync("SET sql_mode = '', innodb_strict_mode = 0", cancellationToken); // the definition is taken as it is
        await session.ExecuteAsync($"ALTER TABLE {Sql.Table(table.Name)} AUTO_INCREMENT = {count}, ALGORITHM = NOCOPY", cancellationToken);
    }

    async Task LoadDataAsync(TableRows rows, TableDescription table, CancellationToken cancellationToken)
    {
        using var encoded = new EncodedRows(rows, table, masker, progress, cancellationToken);
        var encoder = encoded.Encoder;
        await session.ExecuteAsync(encoded.Session.ForLoadData(), cancellationToken);
        var outcome = await LoadLocalAsync(encoded.Plan.Statement, Blocks(encoded), cancellationToken);
        if (outcome.Rows == encoder.Rows && outcome.Warnings == 0 && await CommitsAsync(cancellationToken))
        {
            counterIsInMemoryOnly = encoder.FirstCountsMost || table.IsPartitioned; // each partition has a first row
            return;
        }

        var message = outcome.Rows < 0 ? $"error {outcome.Warnings}" : FormattableString.Invariant($"{outcome.Warnings} warnings, {outcome.Rows} of {encoder.Rows} rows");
        await RollBackAsync(cancellationToken);
        throw new NotBulkLoadableException($"LOAD DATA ended with {message}");
    }

    /// <summary>Less than no rows, and the number of the error, where the server refuses them.</summary>
    async Task<LoadOutcome> LoadLocalAsync(string statement, IAsyncEnumerable<ReadOnlyMemory<byte>> blocks, CancellationToken cancellationToken)
    {
        try
        {
            return await session.RunAsync(async connection =>
            {
                try
                {
                    return await connection.LoadLocalAsync(statement, blocks, cancellationToken);
                }
                catch (ServerException e)
                {
                    return new(-1, e.Number);
                }
            });
        }
        catch (NotBulkLoadableException)
        {
            await RollBackAsync(cancellationToken);
            throw;
        }
    }

    /// <summary>A bulk load finds duplicates in secondary indexes as late as this.</summary>
    async Task<bool> CommitsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await session.Connection.ExecuteAsync("COMMIT", cancellationToken);
            return true;
        }
        catch (ServerException)
        {
            return false;
        }
    }

    static async IAsyncEnumerable<ReadOnlyMemory<byte>> Blocks(EncodedRows rows)
    {
        await Task.Yield(); // reading and encoding are the worker's own work
        foreach (var block in rows.Blocks())
            yield return block;
    }

    async Task InsertAsync(TableRows rows, CancellationToken cancellationToken)
    {
        using var reader = new RowSegmentReader();
        SessionSnapshot? current = null;
        foreach (var segment in rows.Segments)
        {
            if (segment.Session != current)
            {
                await session.ReconnectAsync(SessionOf.Author, cancellationToken);
                current = segment.Session;
                await current.EnterAsync(session, rows.Name.Schema, cancellationToken);
            }

            foreach (var (text, location) in reader.Read(segment, cancellationToken))
            {
                if (UserVariables.AreIn(text.Span, segment.Modes))
                    throw new OrderMattersException($"rows of {rows} depend on user variables");
                await session.ExecuteAsync(masker is null ? text : masker.Apply(text, segment.Modes, location), location, cancellationToken);
                progress?.Rows(rows.Name, text.Length);
            }
        }
    }
}
