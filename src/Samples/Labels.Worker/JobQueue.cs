using System.Data;
using System.Data.Common;
using Dapper;

namespace Labels.Worker;

/// <summary>
/// Takes a job, and writes its result, in one transaction of the master. Whatever ends the worker in between, the server takes all of it back: the job waits for the next
/// worker. Whoever sees a result sees the job done; the result's key is the job, so there can't be two.
/// </summary>
sealed class JobQueue(SimilarObjects similar)
{
    /// <summary>Seconds after which the server gives up a worker that says nothing, as one whose machine is gone. One that was killed it notices at once.</summary>
    const int Silence = 60;

    static readonly string worker = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Prepares a connection of the master.</summary>
    public static Task PrepareAsync(DbConnection master) => master.ExecuteAsync($"SET SESSION wait_timeout = {Silence}");

    /// <summary>Does the oldest job that no other worker has. Once it is taken, it is done: only the death of the process interrupts it.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="DbException">Master or frame do not answer: nothing is done.</exception>
    public async Task<bool> TryDoAsync(DbConnection master)
    {
        // READ COMMITTED locks the one row that it finds, and no gap: others put jobs into the queue meanwhile
        await using var transaction = await master.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        var job = await master.QueryFirstOrDefaultAsync<Job>("SELECT id, object FROM work.job WHERE done IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED", transaction: transaction);
        if (job is null)
            return false;
        var (objects, dataVersion) = await similar.OfAsync(job.Object);
        await master.ExecuteAsync(
            "INSERT INTO work.result (job, data_version, similar, worker) VALUES (@Id, @dataVersion, @similar, @worker)",
            new { job.Id, dataVersion, similar = string.Join(',', objects), worker },
            transaction);
        await master.ExecuteAsync("UPDATE work.job SET done = CURRENT_TIMESTAMP(3) WHERE id = @Id", new { job.Id }, transaction);
        await transaction.CommitAsync();
        return true;
    }

    sealed record Job
    {
        public long Id { get; init; }

        public long Object { get; init; }
    }
}
