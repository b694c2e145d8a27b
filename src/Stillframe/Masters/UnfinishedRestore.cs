using Stillframe.Connections;

namespace Stillframe.Masters;

/// <summary>
/// The table that a restore makes first in each schema and takes away when all is there. With it, a schema is half of one: a dump of it would look like a good backup, and take the place of one.
/// </summary>
static class UnfinishedRestore
{
    public const string Table = "stillframe_restore_unfinished";

    /// <summary>For whoever finds it there.</summary>
    public static async Task<StillframeException> ErrorAsync(MasterSession session, string schema, CancellationToken cancellationToken)
    {
        var what = await session.QueryAsync($"SELECT source, begun FROM {Sql.Table(schema, Table)} LIMIT 1", cancellationToken) is [[{ } source, { } begun], ..] ? $" of '{source}', begun {begun} UTC," : "";
        return new(
            ErrorCodes.MasterNotDumped,
            $"The database {Sql.Identifier(schema)} has a restore{what} that was not finished, or still runs (its table {Table}): a dump would have half of it. The previous dump is as it was. "
            + $"Wait for the restore; where none runs, DROP DATABASE {Sql.Identifier(schema)}, restore again, and dump then.");
    }
}
