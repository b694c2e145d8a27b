using Stillframe.Backups;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Loading.Bulk;
using Stillframe.Masking;
using Stillframe.Oci;

namespace Stillframe;

/// <summary>A build's dumps, after they were read once.</summary>
sealed class DumpReading : IDisposable
{
    readonly RowSpool spool;
    readonly DumpScript.Writer? writer;
    DumpScript? script;

    DumpReading(RowSpool spool, DumpScript.Writer? writer, DumpInput input, DumpMasks masks, Task<string> dataVersion) =>
        (this.spool, this.writer, Input, Masks, DataVersion) = (spool, writer, input, masks, dataVersion);

    /// <summary>Its summary is that of masked rows.</summary>
    public DumpInput Input { get; private set; }

    public DumpMasks Masks { get; private set; }

    /// <summary>Takes its time, in the background.</summary>
    public Task<string> DataVersion { get; }

    /// <summary>The load need not read the dumps once more.</summary>
    public bool HasScript => writer is not null;

    /// <param name="work">A directory for rows of compressed dumps.</param>
    /// <param name="summary">What was found in an earlier reading; null where there was none.</param>
    /// <exception cref="StillframeException">SF1xxx.</exception>
    public static async Task<DumpReading> ReadAsync(FrameRequest request, string work, DumpSummary? summary, IReporter reporter, CancellationToken cancellationToken)
    {
        var options = new DumpOptions { DefaultSchema = request.Schema, RefusedStatements = request.RefusedStatements, AllowedStatements = request.AllowedStatements, WithoutRows = request.WithoutRows, Subsets = request.Subsets, Server = request.Engine.Server };
        var spool = new RowSpool(work);
        try
        {
            // both of one reading; with scripts that may touch any table, a frame is loaded as a whole
            var writer = summary is null && !request.ScriptsMayTouchAny ? new DumpScript.Writer(spool) : null;
            summary ??= DumpInspector.Inspect(request.Dumps, options, reporter, writer is null ? null : writer.Add, cancellationToken);
            var scripts = await ScriptsAsync(request.Scripts, cancellationToken);
            var masks = DumpMasks.Of(request.Masks, summary);
            var input = new DumpInput(request.Dumps, options with { ReadBefore = [.. summary.Files, .. scripts] }, masks.Hide(summary), request.Scripts)
            {
                FetchAsync = (paths, token) => BackupFiles.CompleteAsync(paths, request.Engine.CacheDirectory, reporter, token),
            };
            return new(spool, writer, input, masks, Task.Run(() => DataVersionOf(request, input with { Summary = summary }, scripts), CancellationToken.None));
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    /// <summary>What the dumps do besides bringing rows.</summary>
    /// <exception cref="OrderMattersException">Only the dumps' own order of statements will do.</exception>
    public async Task<DumpScript> ScriptAsync(CancellationToken cancellationToken) => script ??= writer is not null
        ? writer.Finish()
        : await Task.Run(() => DumpScript.Read(Input.Paths, Input.Options, spool, cancellationToken, RowFile.Of(Input.Paths)), cancellationToken);

    /// <summary>Takes the rows of these tables from other files, in which they are masked.</summary>
    /// <param name="withoutScripts">They have been run for it.</param>
    public void Replace(IReadOnlyDictionary<TableName, RowFile> files, bool withoutScripts)
    {
        script!.Replace(files);
        Masks = Masks.Without(files.Keys);
        Input = Input with
        {
            Replaced = files,
            Scripts = withoutScripts ? [] : Input.Scripts,
            Summary = Input.Summary with { Tables = [.. Input.Summary.Tables.Select(table => files.TryGetValue(table.FullName, out var file) ? file.Of(table) : table)] },
        };
    }

    /// <exception cref="StillframeException">SF1014: the server does not know a collation of the dumps.</exception>
    public void RequireCollations(ServerRelease release)
    {
        if (Input.Summary.Collation is { } collation && release is { Product: "MariaDB", Version: var server } && !MySqlCollation.IsKnownTo(server))
            throw collation.UnknownTo(release.ToString());
    }

    public void Dispose() => spool.Dispose();

    static string DataVersionOf(FrameRequest request, DumpInput input, IReadOnlyList<DumpFile> scripts) => DataVersionParts
        .Of(input.Summary, input.Options, [.. scripts.Select(script => script.Sha256)], request.Reader.User, request.ServerOptions, request.Masks)
        .With(request.Reader.Password);

    /// <exception cref="StillframeException">SF1001.</exception>
    static async Task<IReadOnlyList<DumpFile>> ScriptsAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var scripts = new List<DumpFile>();
        foreach (var path in paths)
        {
            if (!File.Exists(path))
                throw new StillframeException(ErrorCodes.DumpMissing, $"The script '{path}' does not exist. Correct the path of this DatabaseScript.", new(path));
            await using var stream = File.OpenRead(path);
            var digest = await Digest.OfAsync(stream, cancellationToken);
            scripts.Add(new(path, stream.Position, digest.Hex, null));
        }

        return scripts;
    }
}
