using System.Globalization;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>Dumps a master into a directory: in one snapshot, without a lock, and what did not change since the last dump is not read again.</summary>
public static class MasterDump
{
    /// <summary>Name of the environment variable that programs take the connection string from: arguments are seen by every user of a machine.</summary>
    public const string Variable = "DatabaseMaster";

    /// <param name="master">A connection string, as ADO.NET providers take it; null is none.</param>
    /// <param name="directory">Where the dump is to be, and the last one perhaps is, which stays as it is until the new one is whole.</param>
    /// <exception cref="StillframeException">SF1101 the connection string, SF3001, SF5001 to SF5003; SF1xxx for what a frame can't take.</exception>
    public static async Task<DumpManifest> WriteAsync(string? master, string directory, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reporter);
        var address = MasterAddress.Parse(master ?? "");
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        DumpExchange.Recover(target);
        if (Directory.Exists(target) && !File.Exists(Path.Combine(target, DumpManifest.FileName)) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new StillframeException(ErrorCodes.OptionInvalid, $"'{target}' has files that are no dump. Name another directory for the dump.");

        await using var session = await MasterSession.OpenAsync(address, cancellationToken);
        var position = await MasterPosition.ReadAsync(session, cancellationToken);
        var schemas = await MasterSchema.ReadAllAsync(session, address.Schemas, cancellationToken);

        await using var work = TemporaryDirectory.Create(Path.GetDirectoryName(target)); // of the same disk
        var made = Directory.CreateDirectory(Path.Combine(work.Path, "dump")).FullName;
        var files = await WriteFilesAsync(session, schemas, made, PreviousDump.In(target), reporter, cancellationToken);
        var manifest = new DumpManifest
        {
            DataVersion = "",
            Server = session.ServerVersion,
            Time = session.Time,
            BinlogFile = position.File,
            BinlogPosition = position.Offset,
            Gtid = position.Gtid,
            Schemas = [.. schemas.Select(schema => schema.Name)],
            Files = files,
        };
        await WriteAsync(manifest, made, cancellationToken);
        // of the definitions alone: the rows' fingerprints are there
        var read = await Task.Run(() => DumpInspector.Inspect(DumpDirectory.Files([made]), new() { TrustsManifest = true }, SilentReporter.Instance, cancellationToken), cancellationToken);
        manifest = manifest with { DataVersion = read.DataVersion };
        await WriteAsync(manifest, made, cancellationToken);
        DumpExchange.Put(made, target);
        return manifest;
    }

    static async Task WriteAsync(DumpManifest manifest, string directory, CancellationToken cancellationToken)
    {
        await using var file = new NewFile(Path.Combine(directory, DumpManifest.FileName));
        await file.WriteAsync(manifest.ToJson(), cancellationToken);
        await file.CommitAsync();
    }

    static async Task<IReadOnlyList<DumpedFile>> WriteFilesAsync(
        MasterSession session, IReadOnlyList<MasterSchema> schemas, string directory, PreviousDump? previous, IReporter reporter, CancellationToken cancellationToken)
    {
        var files = new List<DumpedFile> { await SchemaFile.WriteAsync(session, schemas, directory, cancellationToken) };
        var (names, writer) = (new FileNames(), new TableFile(session, directory, previous));
        var (tables, readTables, readBytes) = (0, 0, 0L);
        foreach (var table in schemas.SelectMany(schema => schema.Tables))
        {
            await session.ExecuteAsync("SAVEPOINT before_table", cancellationToken);
            var (file, wasRead) = await writer.WriteAsync(table, names.Of(table.Name), cancellationToken);
            await session.ExecuteAsync("ROLLBACK TO SAVEPOINT before_table", cancellationToken); // whoever wants to alter the table need not wait for the others
            if (!await table.IsAsReadAsync(session, cancellationToken))
                throw new StillframeException(ErrorCodes.MasterNotDumped, $"{table.Name} was altered while it was dumped. Dump again; the previous dump is as it was.");
            files.Add(file);
            tables++;
            if (!wasRead)
                continue;
            readTables++;
            readBytes += file.Bytes;
            reporter.Message(Importance.Normal, string.Create(CultureInfo.InvariantCulture, $"Dumped {table.Name}: {file.Table!.Rows:N0} rows, {ByteCount.Text(file.Bytes)}"));
        }

        files.Add(await ObjectsFile.WriteAsync(session, schemas, directory, cancellationToken));
        reporter.Message(
            Importance.High,
            string.Create(CultureInfo.InvariantCulture, $"Dumped {tables:N0} tables, of which {readTables:N0} were read ({ByteCount.Text(readBytes)} compressed) and the others are as they were"));
        return files;
    }
}
