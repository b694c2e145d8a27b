using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Inspection;
using Stillframe.Masking;

namespace Stillframe.MSBuild;

/// <summary>
/// Reads dumps where they are not, for certain, those that were read last: with nothing changed, a check asks for the stamps of files and reads
/// none of them.
/// </summary>
/// <param name="report">Path of the <see cref="DumpSummary"/>, as JSON.</param>
/// <param name="record">Path of the <see cref="DumpCheck"/>.</param>
sealed class DumpChecker(IReadOnlyList<string> dumps, IReadOnlyList<string> scripts, DumpOptions options, string report, string record, MaskRequest? masks = null)
{
    string Settings { get; } = string.Join('\n',
    [
        options.DefaultSchema ?? "", options.Server.ToString(), options.RefusedStatements.ToString(), string.Join(';', options.AllowedStatements),
        string.Join(';', options.WithoutRows), string.Join('\n', options.Subsets), masks?.Settings,
        Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH") ?? "", typeof(DumpInspector).Module.ModuleVersionId.ToString(),
    ]);

    /// <summary>Leaves record and report as they are where they are right.</summary>
    /// <exception cref="StillframeException">SF1001 to SF1009.</exception>
    public async Task<DumpCheck> CheckAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var known = DumpCheck.Read(record) is { } last && last.Settings == Settings && last.Dumps.Select(file => file.Path).SequenceEqual(dumps) && File.Exists(report) ? last : null;
        var (read, dump) = known is not null && await SameDumpsAsync(known, cancellationToken) is { } same
            ? (same, known.Dump)
            : await ReadAsync(reporter, cancellationToken);
        var now = new DumpCheck(Settings, read, await ScriptsAsync(known, cancellationToken), dump);
        if (known is null || !now.Dumps.SequenceEqual(known.Dumps) || !now.Scripts.SequenceEqual(known.Scripts))
            now.Write(record);
        if (ReferenceEquals(dump, known?.Dump))
            reporter.Message(Importance.Low, "The dump is the one that was read last");
        return now;
    }

    /// <summary>What the last check reported, tables included.</summary>
    public Task<DumpSummary> SummaryAsync(CancellationToken cancellationToken) => Json.ReadAsync<DumpSummary>(report, cancellationToken);

    /// <returns>Null where one of them is another.</returns>
    static async Task<IReadOnlyList<CheckedFile>?> SameDumpsAsync(DumpCheck known, CancellationToken cancellationToken)
    {
        var files = new List<CheckedFile>();
        foreach (var before in known.Dumps)
        {
            if (DumpFiles.IsElsewhere(before.Path))
            {
                files.Add(before);
                continue;
            }

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
        var summary = DumpFiles.Inspect(dumps, options, reporter, cancellationToken);
        masks?.Check(summary);
        if (File.Exists(record))
            File.Delete(record); // of another report
        await Json.WriteAsync(report, summary, cancellationToken);
        reporter.Message(Importance.High, string.Create(CultureInfo.InvariantCulture, $"Read the dump: {summary.Tables.Count:N0} tables, {summary.Tables.Sum(table => table.Rows):N0} rows"));
        return (
            [.. summary.Files.Select((file, i) => CheckedFile.Of(file.Path, file.Bytes, file.Sha256, stamps[i], time))],
            summary);
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
