using System.Globalization;
using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>What a dump of a master would hold, as far as it can be known without one: definitions, row counts and <c>CHECKSUM TABLE</c>.</summary>
/// <param name="Dump">Its tables have no fingerprint of their rows, and the data version is none.</param>
/// <param name="Checksums">Null for tables whose engine has none.</param>
sealed record MasterContent(string Server, DumpSummary Dump, IReadOnlyDictionary<TableName, long?> Checksums)
{
    /// <param name="master">A connection string, as <see cref="MasterDump"/> takes it.</param>
    /// <exception cref="StillframeException">SF1101, SF5001 to SF5005; SF1xxx for what a frame can't take.</exception>
    public static async Task<MasterContent> ReadAsync(string? master, CancellationToken cancellationToken)
    {
        var address = MasterAddress.Parse(master ?? "");
        await using var session = await MasterSession.OpenAsync(address, cancellationToken);
        await session.ExecuteAsync("START TRANSACTION WITH CONSISTENT SNAPSHOT", cancellationToken);
        var schemas = await MasterSchema.ReadAllAsync(session, address.Schemas, cancellationToken);
        using var work = TemporaryDirectory.Create();
        var files = new List<DumpedFile> { await SchemaFile.WriteAsync(session, schemas, work.Path, cancellationToken) };
        var (names, checksums) = (new FileNames(), new Dictionary<TableName, long?>());
        foreach (var table in schemas.SelectMany(schema => schema.Tables))
        {
            await session.ExecuteAsync("SAVEPOINT before_table", cancellationToken);
            var checksum = await session.ChecksumAsync(table.Name, cancellationToken);
            var rows = (await session.QueryAsync($"SELECT COUNT(*) FROM {Sql.Table(table.Name)}", cancellationToken))[0][0]!;
            await session.ExecuteAsync("ROLLBACK TO SAVEPOINT before_table", cancellationToken);
            checksums.Add(table.Name, checksum is null ? null : long.Parse(checksum, CultureInfo.InvariantCulture));
            files.Add(new()
            {
                Name = names.Of(table.Name),
                Bytes = 0,
                Sha256 = "",
                Table = new()
                {
                    Schema = table.Name.Schema,
                    Name = table.Name.Name,
                    Rows = long.Parse(rows, CultureInfo.InvariantCulture),
                    Definition = table.Definition,
                    RowsFingerprint = "",
                },
            });
        }

        files.Add(await ObjectsFile.WriteAsync(session, schemas, work.Path, cancellationToken));
        var manifest = new DumpManifest { DataVersion = "", Server = session.ServerVersion, Time = DateTimeOffset.UnixEpoch, Schemas = [.. schemas.Select(schema => schema.Name)], Files = files };
        await File.WriteAllBytesAsync(Path.Combine(work.Path, DumpManifest.FileName), manifest.ToJson(), cancellationToken);
        var dump = DumpInspector.Inspect([.. files.Select(file => Path.Combine(work.Path, file.Name))], new() { TrustsManifest = true }, SilentReporter.Instance, cancellationToken);
        return new(session.ServerVersion, dump, checksums);
    }
}
