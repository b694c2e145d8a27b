namespace Stillframe.Dumps;

/// <summary>Reads dump files statement by statement, in constant memory.</summary>
static class DumpReader
{
    /// <summary>
    /// The statements of all files, in order. Each file is a session of its own: modes and variables are back at their
    /// defaults where <see cref="SourceLocation.File"/> changes.
    /// </summary>
    /// <param name="known">Files that are not read: one statement stands in the place of each.</param>
    /// <exception cref="StillframeException">SF1001 to SF1004, SF1006 to SF1009, SF1011, while enumerating.</exception>
    public static IEnumerable<DumpStatement> Read(
        IReadOnlyList<string> files,
        DumpOptions options,
        IReporter reporter,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, RowFile>? known = null)
    {
        string? schema = null;
        using var fileThread = new HashThread();
        foreach (var file in files)
        {
            if (known is not null && known.TryGetValue(file, out var rows))
            {
                yield return rows.Statement;
                continue;
            }

            var before = options.ReadBefore.FirstOrDefault(one => one.Path == file);
            HashedFile? raw = null;
            using var text = DumpText.Open(file, before is null ? null : stream => raw = new(stream, fileThread));
            var reader = new DumpFileReader(file, schema, options, reporter, cancellationToken);
            foreach (var statement in reader.Read(text))
                yield return statement;
            if (raw is not null && (raw.Bytes != before!.Bytes || raw.Sha256(cancellationToken) != before.Sha256))
                throw ChangedDump.Error(file);
            schema = reader.CurrentSchema;
        }
    }
}
