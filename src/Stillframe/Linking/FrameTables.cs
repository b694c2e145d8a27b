using Stillframe.Compiling;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Loading.Bulk;

namespace Stillframe.Linking;

/// <summary>A frame's tables in layers: compiled one by one and linked where that can be, else loaded as a whole.</summary>
sealed class FrameTables(LinkRequest request, ObjectCache cache, SystemTablesCache systemTables, TableSource source, StoredFrame previous, IReporter reporter)
{
    /// <param name="sandbox">Its data directory is empty.</param>
    /// <param name="engine">Opens more sandboxes.</param>
    /// <param name="script">What the dumps do besides bringing rows.</param>
    /// <exception cref="StillframeException">SF1xxx, SF2xxx, SF3001.</exception>
    public async Task<LinkedFrame> LinkAsync(ISandbox sandbox, IEngine engine, Func<CancellationToken, Task<DumpScript>> script, CancellationToken cancellationToken)
    {
        if (request.Dumps.Scripts.Count > 0)
            return await WholeAsync(sandbox, "its scripts may change any table");
        if (!request.Dumps.Summary.TablesAreIndependent)
            return await WholeAsync(sandbox, request.Dumps.Summary.OrderedBecause!);
        try
        {
            var compiler = new FrameCompiler(request, cache, systemTables, previous, source, reporter);
            return await compiler.BuildAsync(await script(cancellationToken), sandbox, OpenAsync, cancellationToken);
        }
        catch (OrderMattersException e) when (request.Dumps.Replaced.Count == 0)
        {
            await using var another = await OpenAsync(cancellationToken);
            return await WholeAsync(another, e.Message);
        }

        async Task<LinkedFrame> WholeAsync(ISandbox empty, string why)
        {
            reporter.Message(Importance.Normal, $"The frame is loaded as a whole: {why}");
            request.Require(request.Dumps.Summary.Tables, true);
            await request.Dumps.FetchAsync(request.Dumps.Paths, cancellationToken);
            return ServerFamily.Of(empty.Release).NormalizesAll
                ? await new WholeFrame(request, reporter).BuildAsync(empty, cancellationToken)
                : await new LoadedFrame(request, reporter).BuildAsync(empty, cancellationToken);
        }

        Task<ISandbox> OpenAsync(CancellationToken token) => engine.OpenAsync(reporter, token);
    }
}
