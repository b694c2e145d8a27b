using Stillframe.Dumps;

namespace Stillframe.MSBuild;

/// <summary>What was found when dumps and scripts were read last.</summary>
/// <param name="Settings">That dumps were read with.</param>
/// <param name="Dump">Without its tables, which are in the report alone.</param>
sealed record DumpCheck(string Settings, IReadOnlyList<CheckedFile> Dumps, IReadOnlyList<CheckedFile> Scripts, DumpSummary Dump);

/// <summary>
/// Reads dumps where they are not, for certain, those that were read last: with nothing changed, a check asks for the stamps of files and reads
/// none of them.
/// </summary>
/// <param name="report">Path of the <see cref="DumpSummary"/>, as JSON.</param>
/// <param name="record">Path of the <see cref="DumpCheck"/>.</param>
sealed class DumpChecker(IReadOnlyList<string> dumps, IReadOnlyList<string> scripts, DumpOptions options, string report, string record)
{
    string Settings { get; } = string.Join('\n',
    [
        options.DefaultSchema ?? "", options.RefusedStatements.ToString(), string.Join(';', options.AllowedStatements),
        Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH") ?? "", typeof(DumpInspector).Module.ModuleVersionId.ToString(),
    ]);

    /// <summary>Leaves record and report as they are where they are right.</summary>
    /// <exception cref="StillframeException">SF1001 to SF1009.</exception>
    public async Task<DumpCheck> CheckAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(cancellationToken);
        var (read, dump) = known is not null && await SameDumpsAsync(known, cancellationToken) is { } same
            ? (same, known.Dump)
            : await ReadAsync(reporter, cancellationToken);
        var now = new DumpCheck(Settings, read, await ScriptsAsync(known, cancellationToken), dump);
        if (known is null || !now.Dumps.SequenceEqual(known.Dumps) || !now.Scripts.SequenceEqual(known.Scripts))
            await Json.WriteAsync(record, now, cancellationToken);
        if (ReferenceEquals(dump, known?.Dump))
            reporter.Message(Importance.Low, "The dump is the one that was read last");
        return now;
    }

    /// <summary>What the last check said, tables and all.</summary>
    public Task<DumpSummary> SummaryAsync(CancellationToken cancellationToken) => Json.ReadAsync<DumpSummary>(report, cancellationToken);

    /// <returns>Null where dumps have to be read anew, whatever the files say.</returns>
    async Task<DumpCheck?> KnownAsync(CancellationToken cancellationToken)
    {
        try
        {
            var known = File.Exists(record) && File.Exists(report) ? await Json.ReadAsync<DumpCheck>(record, cancellationToken) : null;
            return known is not null && known.Settings == Settings && known.Dumps.Select(file => file.Path).SequenceEqual(dumps) ? known : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null; // of another version, or half written
        }
    }

    /// <returns>Null where one of them is another.</returns>
    static async Task<IReadOnlyList<CheckedFile>?> SameDumpsAsync(DumpCheck known, CancellationToken cancellationToken)
    {
        var files = new List<CheckedFile>();
        foreach (var before in known.Dumps)
        {
            if (!File.Exists(before.Path) || new FileInfo(before.Path).Length != before.Length)
                return null;
            try
            {
                var now = await CheckedFile.NowAsync(before.Path, before, cancellationToken);
                if (!now.HasBytesOf(before))
                    return null;
                files.Add(now);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null; // who reads it anew says what is wrong
            }
        }

        return files;
    }

    async Task<(IReadOnlyList<CheckedFile> Files, DumpSummary Dump)> ReadAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        // before reading: what changes meanwhile is seen by the next check
        var (time, stamps) = (DateTimeOffset.UtcNow, dumps.Select(FileStamp.Of).ToList());
        var summary = DumpInspector.Inspect(dumps, options, reporter, cancellationToken);
        if (File.Exists(record))
            File.Delete(record); // of another report
        await Json.WriteAsync(report, summary, cancellationToken);
        reporter.Message(Importance.Normal, $"{summary.Tables.Count} tables, {summary.Tables.Sum(table => table.Rows)} rows in the dump");
        return (
            [.. summary.Files.Select((file, i) => CheckedFile.Of(file.Path, file.Bytes, file.Sha256, stamps[i], time))],
            summary with { Tables = [], Schemas = [] });
    }

    async Task<IReadOnlyList<CheckedFile>> ScriptsAsync(DumpCheck? known, CancellationToken cancellationToken)
    {
        var files = new List<CheckedFile>();
        foreach (var script in scripts)
        {
            if (!File.Exists(script))
                throw new StillframeException(ErrorCodes.DumpMissing, $"The script '{script}' does not exist. Correct the path of this DatabaseScript.", new(script));
            try
            {
                files.Add(await CheckedFile.NowAsync(script, known?.Scripts.FirstOrDefault(file => file.Path == script), cancellationToken));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StillframeException(ErrorCodes.DumpMissing, $"The script '{script}' can't be read: {e.Message} Give this build the right to read it.", new(script), e);
            }
        }

        return files;
    }
}
