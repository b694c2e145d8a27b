namespace Stillframe.Dumps;

/// <summary>Reads dump files to their end and says what they hold.</summary>
public static class DumpInspector
{
    /// <exception cref="StillframeException">SF1001 to SF1009, SF1013.</exception>
    internal static DumpSummary Inspect(
        IReadOnlyList<string> files,
        DumpOptions options,
        IReporter reporter,
        CancellationToken cancellationToken) => Inspect(files, options, reporter, null, cancellationToken);

    /// <param name="also">Gets each statement, too, which is valid until it returns; for a file with rows that need not be read, one statement in its place.</param>
    internal static DumpSummary Inspect(
        IReadOnlyList<string> files,
        DumpOptions options,
        IReporter reporter,
        Action<DumpStatement>? also,
        CancellationToken cancellationToken)
    {
        using var rowThread = new RowThread();
        using var fileThread = new HashThread();
        using var digest = new DumpDigest(rowThread);
        var tally = new StatementTally();
        var read = new List<DumpFile>();
        var sources = new List<DumpSource>();
        string? schema = null;
        MySqlCollation? collation = null;
        var manifest = DumpDirectory.Of(files);
        var known = RowFile.Of(files, options.ReadsAll ? null : manifest);
        foreach (var file in files)
        {
            if (known.TryGetValue(file, out var rows))
            {
                read.Add(options.TrustsManifest ? rows.AsDumped : rows.Check());
                digest.Enter(new());
                digest.Add(rows.Statement, rows.Name.Schema);
                also?.Invoke(rows.Statement);
                continue;
            }

            HashedFile? raw = null;
            using var text = DumpText.Open(file, stream => raw = new(stream, fileThread));
            var reader = new DumpFileReader(file, schema, options, reporter, cancellationToken);
            digest.Enter(reader.Session);
            foreach (var statement in reader.Read(text))
            {
                also?.Invoke(statement);
                tally.Add(statement);
                if (statement.Kind == StatementKind.Session)
                    digest.Enter(reader.Session);
                else
                    digest.Add(statement, files.Count == 1 && statement.InDefaultSchema && reader.IsNamedByFile ? "" : statement.Schema ?? ""); // of several files, which has what counts
            }

            read.Add(new(file, raw!.Bytes, raw.Sha256(cancellationToken), reader.DefaultSchema));
            sources.Add(reader.Source);
            schema = reader.CurrentSchema;
            collation ??= reader.Collation;
            digest.Leave(file);
        }

        var tables = digest.Tables(cancellationToken);
        if (tables.Count == 0)
            throw WithoutTable(files);
        if (options.WithoutRows.FirstOrDefault(pattern => !tables.Any(table => NamePattern.IsOf(pattern, table.FullName))) is { } unused)
            throw new StillframeException(ErrorCodes.MaskInvalid, $"DatabaseExclude '{unused}' matches no table of the dump. Correct its name, schema.table; dumps that name no schema have the one of DatabaseName.");
        if (options.Subsets.FirstOrDefault(subset => !tables.Any(table => NamePattern.IsOf(subset.Tables, table.FullName))) is { } without)
            throw new StillframeException(ErrorCodes.SubsetInvalid, $"DatabaseSubset '{without.Tables}' matches no table of the dump. Correct its name, schema.table; dumps that name no schema have the one of DatabaseName.");
        tally.Report(reporter);
        var source = manifest is null ? DumpSource.OfAll(sources) : DumpDirectory.SourceOf(manifest);
        var structure = digest.Structure;
        DateTimeOffset? clock = digest.TakesClock ? DumpClock.Of(source) : null;
        return new()
        {
            DataVersion = digest.DataVersion(clock),
            SchemaVersion = DumpStructure.VersionOf(structure),
            Structure = structure,
            Tables = tables,
            Schemas = digest.Schemas,
            Files = read,
            Source = source,
            OrderedBecause = digest.OrderedBecause,
            Clock = clock,
            DroppedSchemas = digest.DroppedSchemas,
            Collation = collation,
        };
    }

    static StillframeException WithoutTable(IReadOnlyList<string> files) => new(
        ErrorCodes.DumpWithoutTable,
        files.Count == 1
            ? $"'{files[0]}' creates no table. Dump without --no-create-info, and see that the database is the right one."
            : $"None of the {files.Count} dump files creates a table. Dump without --no-create-info, and see that the database is the right one.",
        files.Count == 1 ? new(files[0]) : null);
}
