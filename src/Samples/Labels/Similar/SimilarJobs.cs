using System.Data.Common;
using System.Globalization;
using Dapper;
using Stillframe.Client;

namespace Labels.Similar;

/// <summary>
/// The queue, in a schema of the master of its own that no dump takes: who asks for something has changed no label, and goes on reading from the frame. So a
/// <see cref="ReadYourWrites"/> of its own lasts here.
/// </summary>
sealed class SimilarJobs(FrameDataSource labels)
{
    /// <summary>Puts a job into the queue.</summary>
    /// <exception cref="DbException">The master is away.</exception>
    public async Task AskAsync(long id, CancellationToken cancellationToken)
    {
        using var apart = ReadYourWrites.Begin();
        await using var master = await labels.OpenMasterAsync(cancellationToken);
        await master.ExecuteAsync(new CommandDefinition("INSERT INTO work.job (object) VALUES (@id)", new { id }, cancellationToken: cancellationToken));
    }

    /// <summary>The newest job of an object, and what came of it.</summary>
    public async Task<SimilarAnswer> ReadAsync(long id, CancellationToken cancellationToken)
    {
        using var apart = ReadYourWrites.Begin();
        try
        {
            await using var master = await labels.OpenMasterAsync(cancellationToken);
            var row = await master.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(
                """
                SELECT result.data_version AS dataVersion, result.similar, result.worker
                FROM work.job LEFT JOIN work.result ON result.job = job.id
                WHERE job.object = @id ORDER BY job.id DESC LIMIT 1
                """,
                new { id }, cancellationToken: cancellationToken));
            return row switch
            {
                null => new(SimilarState.NotAsked),
                { DataVersion: null } => new(SimilarState.Waiting),
                _ => new(SimilarState.Answered)
                {
                    DataVersion = row.DataVersion,
                    Worker = row.Worker ?? "",
                    Objects = [.. (row.Similar ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(other => long.Parse(other, CultureInfo.InvariantCulture))],
                },
            };
        }
        catch (DbException)
        {
            return new(SimilarState.Unknown);
        }
    }

    sealed record Row
    {
        public string? DataVersion { get; init; }

        public string? Similar { get; init; }

        public string? Worker { get; init; }
    }
}
