using System.Globalization;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>One attempt of a dump, from the connection to the directory that takes its place.</summary>
/// <param name="target">Full path of the directory.</param>
sealed class MasterDumping(MasterAddress address, string target, MasterDumpOptions options, IReporter reporter)
{
    const string Differing = ".differs";

    readonly MasterLoad load = new(options.Rate * 1e6);

    /// <inheritdoc cref="MasterDump.WriteAsync(string?, string, MasterDumpOptions, IReporter, CancellationToken)" path="/exception"/>
    /// <exception cref="TableAlteredException">A table is not as it was when the dump was begun.</exception>
    public async Task<DumpManifest> RunAsync(CancellationToken cancellationToken)
    {
        await using var watch = await MasterWatch.StartAsync(address, load, options, reporter, cancellationToken);
        var sessions = new List<MasterSession>();
        try
        {
            for (var i = 0; i < options.Connections; i++)
                sessions.Add(await MasterSession.OpenAsync(address, watch.Stop));
            return await RunAsync(sessions, watch.Stop);
        }
        catch (Exception) when (watch.Failure is { } failure && !cancellationToken.IsCancellationRequested)
        {
            throw new StillframeException(failure.Code, failure.Message, innerException: failure);
        }
        finally
        {
            foreach (var session in sessions)
                await session.DisposeAsync();
        }
    }

    async Task<DumpManifest> RunAsync(List<MasterSession> sessions, CancellationToken cancellationToken)
    {
        // before the snapshot: what is another one after it was altered meanwhile
        var session = sessions[0];
        var schemas = await MasterSchema.ReadAllAsync(session, address.Schemas, cancellationToken);
        var tables = schemas.SelectMany(schema => schema.Tables).ToList();
        var snapshot = await MasterSnapshot.TakeAsync(address, sessions, reporter, cancellationToken);
        var position = snapshot.Position;
        var previous = PreviousDump.In(target);
        var isFull = previous is null || options.Changes == ChangeSource.None;
        var isVerifying = !isFull && options.VerifyEvery > 0 && previous!.Manifest.DumpsSinceFull + 1 >= options.VerifyEvery;
        if (isVerifying)
            reporter.Message(Importance.Normal, $"Every table is read, and compared where it should be as it was: {previous!.Manifest.DumpsSinceFull + 1} dumps are since that was done last");
        var log = new MasterLog(address, position, load, reporter);
        var changes = await log.ReadAsync(options.Changes == ChangeSource.Auto ? previous?.Manifest : null, tables, cancellationToken);

        await using var work = TemporaryDirectory.Create(Path.GetDirectoryName(target)); // of the same disk
        var made = Directory.CreateDirectory(Path.Combine(work.Path, "dump")).FullName;
        var files = new List<DumpedFile> { await SchemaFile.WriteAsync(session, schemas, made, cancellationToken) };
        var written = await new MasterTables(snapshot, new(made, new(previous, changes, options.Changes, isVerifying), load), reporter).WriteAsync(tables, cancellationToken);
        files.AddRange(written.Select(table => table.File));
        files.Add(await ObjectsFile.WriteAsync(session, schemas, made, cancellationToken));
        await RequireSameTablesAsync(session, schemas, cancellationToken);
        Report(snapshot, written);

        var manifest = new DumpManifest
        {
            DataVersion = "",
            Server = session.ServerVersion,
            Time = snapshot.Time,
            BinlogFile = position.File,
            BinlogPosition = position.Offset,
            Gtid = position.Gtid,
            LogServer = log.Mark?.Server,
            LogFile = log.Mark?.File,
            LogCreated = log.Mark?.Created,
            DumpsSinceFull = isFull || isVerifying ? 0 : previous!.Manifest.DumpsSinceFull + 1,
            Schemas = [.. schemas.Select(schema => schema.Name)],
            Files = files,
        };
        await WriteAsync(manifest, made, cancellationToken);
        // of the definitions alone: the rows' fingerprints are there
        var read = await Task.Run(() => DumpInspector.Inspect(DumpDirectory.Files([made]), new() { TrustsManifest = true }, SilentReporter.Instance, cancellationToken), cancellationToken);
        manifest = manifest with { DataVersion = read.DataVersion };
        await WriteAsync(manifest, made, cancellationToken);
        if (written.Where(table => table.Differs).Select(table => table.File.Table!).ToList() is [_, ..] differing)
        {
            DumpExchange.Put(made, target + Differing);
            throw new StillframeException(
                ErrorCodes.DumpDiffers,
                $"This dump read every table, and {string.Join(", ", differing.Select(table => $"{table.Schema}.{table.Name}"))} has other rows than in the previous dump, although by {(changes is null ? "checksum" : "the binary log")} nothing changed. "
                + $"The previous dump is as it was, at '{target}'; the new one, which is right, is at '{target}{Differing}'. Look at both, and put the new one in the place of the previous.");
        }

        DumpExchange.Put(made, target);
        return manifest;
    }

    static async Task WriteAsync(DumpManifest manifest, string directory, CancellationToken cancellationToken)
    {
        await using var file = new NewFile(Path.Combine(directory, DumpManifest.FileName));
        await file.WriteAsync(manifest.ToJson(), cancellationToken);
        await file.CommitAsync();
    }

    /// <summary>A table that was made or dropped since the beginning is in no list of what was dumped.</summary>
    static async Task RequireSameTablesAsync(MasterSession session, IReadOnlyList<MasterSchema> schemas, CancellationToken cancellationToken)
    {
        foreach (var schema in schemas)
            if (!await schema.IsAsReadAsync(session, cancellationToken))
                throw new TableAlteredException($"'{schema.Name}' has other tables or views now");
    }

    void Report(MasterSnapshot snapshot, IReadOnlyList<WrittenTable> written)
    {
        var read = written.Where(table => table.WasRead).ToList();
        reporter.Message(Importance.High, string.Create(
            CultureInfo.InvariantCulture,
            $"Dumped {written.Count:N0} tables ({ByteCount.Text(Bytes(written))} compressed), of which {read.Count:N0} {(read.Count == 1 ? "was" : "were")} read ({ByteCount.Text(Bytes(read))} compressed, {ByteCount.Text(load.Bytes)} of rows) and the others are as they were"));
        reporter.Message(Importance.High, string.Create(
            CultureInfo.InvariantCulture,
            $"On the master: {snapshot.Sessions.Count:N0} {(snapshot.Sessions.Count == 1 ? "connection" : "connections")}, {load.Paused.TotalSeconds:0.0} s paused, a snapshot of {snapshot.Age.Elapsed.TotalSeconds:0.0} s, longest lock {snapshot.Locked.TotalMilliseconds:0} ms"));

        static long Bytes(IEnumerable<WrittenTable> tables) => tables.Sum(table => table.File.Bytes);
    }
}
