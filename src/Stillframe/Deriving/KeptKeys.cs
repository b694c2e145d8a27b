using System.Globalization;
using Stillframe.Connections;
using Stillframe.Loading;

namespace Stillframe.Deriving;

/// <summary>
/// Sees that no row goes to which a table refers that is not there: the server would refuse that, or follow it (<c>ON DELETE CASCADE</c>), if the table were.
/// </summary>
/// <param name="builder">Has the temporary tables of what was there, as long as it stays connected.</param>
/// <param name="keys">Whose parents are there, and whose children are not.</param>
sealed class KeptKeys(LoadSession builder, IReadOnlyList<ForeignKey> keys)
{
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            var columns = string.Join(", ", keys[i].Columns.Select(column => Sql.Identifier(column.Parent)));
            await builder.ExecuteAsync($"CREATE TEMPORARY TABLE {Kept(i)} AS SELECT DISTINCT {columns} FROM {Sql.Table(keys[i].Parent)}", cancellationToken);
        }
    }

    /// <summary>One whose parent lost rows that it may refer to; null where none has.</summary>
    public async Task<ForeignKey?> LostAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            var (key, index) = (keys[i], i);
            var joins = string.Join(" AND ", key.Columns.Select(column => $"k.{Sql.Identifier(column.Parent)} = p.{Sql.Identifier(column.Parent)}"));
            var isSet = string.Join(" AND ", key.Columns.Select(column => $"k.{Sql.Identifier(column.Parent)} IS NOT NULL"));
            var lost = await builder.RunAsync(connection => connection.ScalarAsync(
                $"SELECT COUNT(*) FROM {Kept(index)} AS k LEFT JOIN {Sql.Table(key.Parent)} AS p ON {joins} WHERE {isSet} AND p.{Sql.Identifier(key.Columns[0].Parent)} IS NULL", cancellationToken));
            if (long.Parse(lost!, CultureInfo.InvariantCulture) > 0)
                return key;
        }

        return null;
    }

    string Kept(int index) => Sql.Table(keys[index].Parent.Schema, string.Create(CultureInfo.InvariantCulture, $"stillframe kept {index}"));
}
