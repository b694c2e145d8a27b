using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stillframe.Client;

namespace Labels.Worker;

/// <summary>Does jobs, one after the other, until the process is asked to end; then it ends the one it has.</summary>
sealed partial class QueueWorker(FrameDataSource labels, JobQueue queue, ILogger<QueueWorker> logger) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var master = await labels.OpenMasterAsync(stoppingToken);
                await JobQueue.PrepareAsync(master);
                while (!stoppingToken.IsCancellationRequested && await queue.TryDoAsync(master))
                {
                }
            }
            catch (DbException e)
            {
                Waits(logger, e.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "No job can be done, and none is lost: {Reason}")]
    static partial void Waits(ILogger logger, string reason);
}
