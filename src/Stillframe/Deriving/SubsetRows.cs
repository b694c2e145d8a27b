using System.Globalization;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Loading;

namespace Stillframe.Deriving;

/// <summary>
/// Takes rows away for which the condition of their table is not true, and rows of other tables whose parent is gone. Triggers are not there yet, and foreign keys do nothing of their own.
/// </summary>
sealed class SubsetRows(IReadOnlyList<RowSubset> subsets, IReadOnlyList<ForeignKey> keys, IReporter reporter)
{
    /// <summary>The tables that lost rows.</summary>
    /// <param name="author">Has rights on the dump's schemas alone.</param>
    /// <exception cref="StillframeException">SF1030: the server refuses a condition.</exception>
    public async Task<IReadOnlySet<TableName>> TakeAsync(LoadSession author, IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        await author.ExecuteAsync("SET foreign_key_checks = 0, sql_mode = ''", cancellationToken);
        var gone = new Dictionary<TableName, long>();
        foreach (var subset in subsets)
            foreach (var table in tables.Where(table => NamePattern.IsOf(subset.Tables, table)))
                Note(table, await DeleteAsync(author, table, subset, cancellationToken));

        var chosen = tables.Where(table => subsets.Any(subset => NamePattern.IsOf(subset.Tables, table))).ToHashSet();
        var below = ForeignKey.Below(chosen, keys);
        var following = keys.Where(key => below.Contains(key.Parent)).ToList();
        bool goesOn;
        do
        {
            goesOn = false;
            foreach (var key in following)
            {
                var count = await DeleteOrphansAsync(author, key, cancellationToken);
                Note(key.Child, count);
                goesOn |= count > 0;
            }
        }
        while (goesOn);

        foreach (var (table, count) in gone.Where(one => one.Value > 0).OrderBy(one => one.Key))
        {
            var left = await author.RunAsync(connection => connection.ScalarAsync($"SELECT COUNT(*) FROM {Sql.Table(table)}", cancellationToken));
            reporter.Message(Importance.High, string.Create(
                CultureInfo.InvariantCulture,
                $"{table}: {long.Parse(left!, CultureInfo.InvariantCulture):N0} rows stay, {count:N0} do not{(chosen.Contains(table) ? "" : ", whose parents are gone")}"));
        }

        return gone.Where(one => one.Value > 0).Select(one => one.Key).ToHashSet();

        void Note(TableName table, long count) => gone[table] = gone.GetValueOrDefault(table) + count;
    }

    static async Task<long> DeleteAsync(LoadSession session, TableName table, RowSubset subset, CancellationToken cancellationToken)
    {
        try
        {
            await session.ExecuteAsync($"USE {Sql.Identifier(table.Schema)}", cancellationToken);
            // a line of its own, since it may end in a comment
            return await ChangeAsync(session, $"DELETE FROM {Sql.Table(table)} WHERE (\n{subset.Where}\n) IS NOT TRUE", cancellationToken);
        }
        catch (StillframeException e) when (e is { Code: ErrorCodes.StatementFailed, InnerException: ServerException refused })
        {
            throw new StillframeException(
                ErrorCodes.SubsetInvalid,
                $"The server does not take the condition of DatabaseSubset '{subset.Tables}' for {table}: {refused}. The condition is: {subset.Where}. Correct Where, which is written as after WHERE, and sees the tables of the dump, without its views.",
                innerException: e);
        }
    }

    /// <summary>A row with NULL in its key refers to nothing, and stays.</summary>
    static Task<long> DeleteOrphansAsync(LoadSession session, ForeignKey key, CancellationToken cancellationToken)
    {
        var isSet = string.Join(" AND ", key.Columns.Select(column => $"c.{Sql.Identifier(column.Child)} IS NOT NULL"));
        return ChangeAsync(
            session,
            $"DELETE c FROM {Sql.Table(key.Child)} AS c LEFT JOIN {Sql.Table(key.Parent)} AS p ON {key.Joins("c", "p")} WHERE {isSet} AND p.{Sql.Identifier(key.Columns[0].Parent)} IS NULL",
            cancellationToken);
    }

    static async Task<long> ChangeAsync(LoadSession session, string statement, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(statement, cancellationToken);
        return long.Parse((await session.RunAsync(connection => connection.ScalarAsync("SELECT ROW_COUNT()", cancellationToken)))!, CultureInfo.InvariantCulture);
    }
}
