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
        if (!ServerFamily.Of(sandbox.Release).LinksTables)
            return await new LoadedFrame(request, reporter).BuildAsync(sandbox, cancellationToken);
        var whole = new WholeFrame(request, reporter);
        if (request.Dumps.Scripts.Count > 0)
            return await whole.BuildAsync(sandbox, "its scripts may change any table", cancellationToken);
        if (!request.Dumps.Summary.TablesAreIndependent)
            return await whole.BuildAsync(sandbox, request.Dumps.Summary.OrderedBecause!, cancellationToken);
        try
        {
            var compiler = new FrameCompiler(request, cache, systemTables, previous, source, reporter);
            return await compiler.BuildAsync(await script(cancellationToken), sandbox, OpenAsync, cancellationToken);
        }
        catch (OrderMattersException e) when (request.Dumps.Replaced.Count == 0)
        {
            await using var another = await OpenAsync(cancellationToken);
            return await whole.BuildAsync(another, e.Message, cancellationToken);
        }

        Task<ISandbox> OpenAsync(CancellationToken token) => engine.OpenAsync(reporter, token);
    }
}
