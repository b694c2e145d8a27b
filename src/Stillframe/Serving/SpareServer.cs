namespace Stillframe.Serving;

/// <summary>Servers that are handed out one by one, the next of which is started before anybody asks for it.</summary>
/// <param name="start">Starts one.</param>
/// <param name="isCheap">Whether one may be started that perhaps nobody takes.</param>
sealed class SpareServer(Func<CancellationToken, Task<ServedServer>> start, Func<Task<bool>> isCheap) : IAsyncDisposable
{
    readonly Lock changing = new();
    Task<ServedServer?>? spare;
    bool ended;

    /// <summary>The one that was or is being started ahead; null in it where that failed.</summary>
    internal Task<ServedServer?>? Next
    {
        get
        {
            lock (changing)
                return spare;
        }
    }

    /// <summary>Starts one in the background, unless there is one.</summary>
    public void Begin()
    {
        lock (changing)
        {
            if (!ended)
                spare ??= Task.Run(StartAheadAsync); // in the context of no test
        }
    }

    /// <summary>The one that was started ahead, if it still answers, or a new one; who comes while another waits for it starts one, too.</summary>
    /// <exception cref="StillframeException">Whatever starting one throws.</exception>
    public async Task<ServedServer> TakeAsync(CancellationToken cancellationToken)
    {
        var server = await TakeSpareAsync(cancellationToken) ?? await start(cancellationToken);
        Begin();
        return server;
    }

    /// <summary>Waits for one that is being started: its container would be made all the same, and stay.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (changing)
            ended = true;
        if (Take() is { } taken)
            await EndAsync(taken);
    }

    async Task<ServedServer?> TakeSpareAsync(CancellationToken cancellationToken)
    {
        if (Take() is not { } taken)
            return null;
        try
        {
            await taken.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (!TryGiveBack(taken))
                await EndAsync(taken);
            throw;
        }

        if (await taken is not { } server || await server.AnswersAsync())
            return await taken;
        await server.DisposeAsync();
        return null;
    }

    Task<ServedServer?>? Take()
    {
        lock (changing)
        {
            var taken = spare;
            spare = null;
            return taken;
        }
    }

    bool TryGiveBack(Task<ServedServer?> taken)
    {
        lock (changing)
            return !ended && (spare ??= taken) == taken;
    }

    async Task<ServedServer?> StartAheadAsync()
    {
        try
        {
            return await isCheap() ? await start(CancellationToken.None) : null;
        }
        catch (Exception)
        {
            return null; // whoever asks next starts one himself, and is told
        }
    }

    static async Task EndAsync(Task<ServedServer?> taken)
    {
        if (await taken is { } server)
            await server.DisposeAsync();
    }
}
