using System.Globalization;
using Stillframe.Connections;
using Stillframe.Masters;

namespace Stillframe.Backups;

/// <summary>
/// A table in each schema that is being restored, which goes when all is there and compared: so nobody takes half a schema for a whole one, and the next restore
/// knows what it finds.
/// </summary>
static class RestoreMark
{
    public const string Table = UnfinishedRestore.Table;

    /// <summary>Sees that nothing is there yet.</summary>
    /// <exception cref="StillframeException">SF6002: something is, and what is to be done.</exception>
    public static async Task RequireEmptyAsync(RestoreSession session, IReadOnlyList<string> schemas, CancellationToken cancellationToken)
    {
        foreach (var schema in schemas)
        {
            var literal = Sql.Literal(schema);
            var found = (await session.QueryAsync(
                $"""
                SELECT table_name FROM information_schema.tables WHERE table_schema = {literal}
                UNION ALL SELECT routine_name FROM information_schema.routines WHERE routine_schema = {literal}
                UNION ALL SELECT event_name FROM information_schema.events WHERE event_schema = {literal}
                """,
                cancellationToken)).Select(row => row[0]!).ToList();
            if (found.Contains(Table))
                throw await InterruptedAsync(session, schema, cancellationToken);
            if (found.Count > 0)
                throw new StillframeException(
                    ErrorCodes.RestoreRefused,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The schema {Sql.Identifier(schema)} is not empty: it has {string.Join(", ", found.Take(3))}{(found.Count > 3 ? $" and {found.Count - 3:N0} more" : "")}. Nothing was changed. Restore into another server, or move away what is there (DROP DATABASE {Sql.Identifier(schema)} where nobody needs it)."));
        }
    }

    static async Task<StillframeException> InterruptedAsync(RestoreSession session, string schema, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync($"SELECT source, begun FROM {Sql.Table(schema, Table)} LIMIT 1", cancellationToken);
        var what = rows is [[{ } source, { } begun], ..] ? $"of '{source}', begun {begun} UTC, " : "";
        return new(
            ErrorCodes.RestoreRefused,
            $"The schema {Sql.Identifier(schema)} has a restore {what}that was not finished, or still runs. Nothing was changed. Where none runs: DROP DATABASE {Sql.Identifier(schema)}, and restore again.");
    }
}
