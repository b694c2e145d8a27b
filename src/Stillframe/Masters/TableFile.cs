using System.Globalization;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Records;

namespace Stillframe.Masters;

/// <summary>Writes the rows of one table, or takes the file of the previous dump.</summary>
/// <param name="directory">Of the dump that is being made.</param>
/// <param name="previous">What there is to be taken.</param>
/// <param name="load">What may be asked of the master.</param>
sealed class TableFile(string directory, PreviousTables previous, MasterLoad load)
{
    /// <summary>Bytes after which a statement ends: one packet of a server with small settings.</summary>
    const int StatementSize = 1 << 20;

    /// <summary>Bytes of rows after which it is asked whether there may be more.</summary>
    const int Step = 64 << 10;

    /// <exception cref="StillframeException">SF3001, SF5001, SF5002.</exception>
    public async Task<WrittenTable> WriteAsync(MasterSession session, MasterTable table, string name, CancellationToken cancellationToken)
    {
        await load.TakeAsync(0, cancellationToken);
        var taken = previous.IsUnchangedByLog(table) ? await previous.TakeAsync(table, null, directory, name, cancellationToken) : null;
        string? checksum = null;
        if (taken is null && previous.IsToldByChecksum(table))
        {
            checksum = await ChecksumAsync(session, table, cancellationToken);
            if (checksum is not null && !await WasWrittenToAsync(session, table.Name, cancellationToken))
                taken = await previous.TakeAsync(table, checksum, directory, name, cancellationToken);
        }

        if (taken is not null && !previous.IsVerified(table))
            return new(taken, false);
        var known = new DumpedTable { Schema = table.Name.Schema, Name = table.Name.Name, Rows = 0, Checksum = checksum, Definition = table.Definition };
        if (taken is null)
            return new(await ReadAsync(session, table, known, name, cancellationToken), true);

        // to be compared: the new file stays only where it is another one
        var read = await ReadAsync(session, table, known, name + ".read", cancellationToken);
        var isSame = read.Sha256 == taken.Sha256 || await DumpFileText.IsSameAsync(Path.Combine(directory, name), Path.Combine(directory, read.Name), cancellationToken);
        if (isSame)
            File.Delete(Path.Combine(directory, read.Name));
        else
            File.Move(Path.Combine(directory, read.Name), Path.Combine(directory, name), overwrite: true);
        return new(isSame ? taken : read with { Name = name }, true, !isSame);
    }

    Task<string?> ChecksumAsync(MasterSession session, MasterTable table, CancellationToken cancellationToken) => load.ReadAsync(() => session.ChecksumAsync(table.Name, cancellationToken));

    /// <summary>
    /// Whether the server knows that the table was written to since the previous dump. It forgets that when it starts anew, so this is not enough; but neither is the checksum, a sum of
    /// the rows' CRCs: of two rows that exchange a value it misses one pair in some thousands.
    /// </summary>
    async Task<bool> WasWrittenToAsync(MasterSession session, TableName table, CancellationToken cancellationToken)
    {
        var time = (await session.QueryAsync($"SELECT UNIX_TIMESTAMP(update_time) FROM information_schema.tables WHERE {Sql.IsTable(table)}", cancellationToken)) is [[{ } seconds]]
            ? decimal.Parse(seconds, CultureInfo.InvariantCulture)
            : 0;
        return time >= previous.Time.ToUnixTimeSeconds();
    }

    async Task<DumpedFile> ReadAsync(MasterSession session, MasterTable table, DumpedTable known, string name, CancellationToken cancellationToken)
    {
        await using var writer = DumpFileWriter.Begin(directory, name, $"rows of {table.Name}", session.ServerVersion);
        writer.Write($"USE {Sql.Identifier(table.Name.Schema)};\nLOCK TABLES {Sql.Identifier(table.Name.Name)} WRITE;\n/*!40000 ALTER TABLE {Sql.Identifier(table.Name.Name)} DISABLE KEYS */;\n");
        using var fingerprint = new WrittenRows(table.Insert);
        var sum = new RowsChecksum(known.Checksum is null ? table.Format : null);
        var (rows, size, step) = (0L, 0L, 0L);
        RowText? text = null;
        await load.ReadAsync(async () =>
        {
            await session.StreamAsync(
                table.Select,
                columns => text = new(columns),
                row =>
                {
                    if (size > 0 && size + row.Length > StatementSize)
                    {
                        writer.Write(";\n");
                        size = 0;
                    }

                    writer.Write(size == 0 ? table.Insert : ",\n");
                    var start = writer.Buffer.WrittenCount;
                    text!.Write(row.Span, writer.Buffer);
                    fingerprint.Add(writer.Buffer.WrittenSpan[start..]);
                    sum.Add(row.Span);
                    (size, step, rows) = (size + row.Length, step + row.Length, rows + 1);
                    return step < Step ? default : PassAsync();
                },
                cancellationToken);
            return true;
        });
        await load.TakeRowsAsync(step, cancellationToken);
        writer.Write($"{(rows > 0 ? ";\n" : "")}/*!40000 ALTER TABLE {Sql.Identifier(table.Name.Name)} ENABLE KEYS */;\nUNLOCK TABLES;\n");
        var checksum = known.Checksum ?? sum.Value?.ToString(CultureInfo.InvariantCulture) ?? await ChecksumAsync(session, table, cancellationToken);
        return await writer.FinishAsync(known with { Rows = rows, Checksum = checksum, RowsFingerprint = fingerprint.Finish(cancellationToken), RowBytes = fingerprint.Bytes }, cancellationToken);

        async ValueTask PassAsync()
        {
            var count = step;
            step = 0;
            await writer.FlushAsync(cancellationToken);
            await load.TakeRowsAsync(count, cancellationToken);
        }
    }
}
