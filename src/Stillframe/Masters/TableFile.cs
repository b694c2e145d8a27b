using System.Globalization;
using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>Writes the rows of one table.</summary>
/// <param name="directory">Of the dump that is being made.</param>
/// <param name="previous">The dump whose files are taken where their tables are as they were; null where there is none.</param>
sealed class TableFile(MasterSession session, string directory, PreviousDump? previous)
{
    /// <summary>Bytes after which a statement ends: one packet of a server with small settings.</summary>
    const int StatementSize = 1 << 20;

    /// <returns>The file, and whether its rows were read from the master.</returns>
    /// <exception cref="StillframeException">SF3001, SF5001, SF5002.</exception>
    public async Task<(DumpedFile File, bool WasRead)> WriteAsync(MasterTable table, string name, CancellationToken cancellationToken)
    {
        // it honours the snapshot, and costs a third of reading the rows
        var checksum = (await session.QueryAsync($"CHECKSUM TABLE {Sql.Table(table.Name)}", cancellationToken))[0][1];
        var known = new DumpedTable { Schema = table.Name.Schema, Name = table.Name.Name, Rows = 0, Checksum = checksum, Definition = table.Definition };
        if (checksum is not null && previous is not null && !await WasWrittenToAsync(table.Name, cancellationToken)
            && await previous.TakeAsync(known, directory, name, cancellationToken) is { } taken)
            return (taken, false);
        return (await ReadAsync(table, known, name, cancellationToken), true);
    }

    /// <summary>
    /// Whether the server knows that the table was written to since the previous dump. It forgets that when it starts anew, so this is not enough; but neither is the checksum, a sum of
    /// the rows' CRCs: of two rows that exchange a value it misses one pair in some thousands.
    /// </summary>
    async Task<bool> WasWrittenToAsync(TableName table, CancellationToken cancellationToken)
    {
        var time = (await session.QueryAsync($"SELECT UNIX_TIMESTAMP(update_time) FROM information_schema.tables WHERE {Sql.IsTable(table)}", cancellationToken)) is [[{ } seconds]]
            ? decimal.Parse(seconds, CultureInfo.InvariantCulture)
            : 0;
        return time >= previous!.Time.ToUnixTimeSeconds();
    }

    async Task<DumpedFile> ReadAsync(MasterTable table, DumpedTable known, string name, CancellationToken cancellationToken)
    {
        await using var writer = DumpFileWriter.Begin(directory, name, $"rows of {table.Name}", session.ServerVersion);
        writer.Write($"USE {Sql.Identifier(table.Name.Schema)};\nLOCK TABLES {Sql.Identifier(table.Name.Name)} WRITE;\n/*!40000 ALTER TABLE {Sql.Identifier(table.Name.Name)} DISABLE KEYS */;\n");
        using var fingerprint = new WrittenRows(table.Insert);
        var (rows, size) = (0L, 0L);
        RowText? text = null;
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
                size += row.Length;
                rows++;
                return writer.FlushAsync(cancellationToken);
            },
            cancellationToken);
        writer.Write($"{(rows > 0 ? ";\n" : "")}/*!40000 ALTER TABLE {Sql.Identifier(table.Name.Name)} ENABLE KEYS */;\nUNLOCK TABLES;\n");
        return await writer.FinishAsync(known with { Rows = rows, RowsFingerprint = fingerprint.Finish(cancellationToken), RowBytes = fingerprint.Bytes }, cancellationToken);
    }
}
