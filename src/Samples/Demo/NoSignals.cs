namespace Demo;

/// <summary>Ctrl+C is for the director, who has the users leave first: a front that ended at once would fail their last requests.</summary>
sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
