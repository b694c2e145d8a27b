using System.Data.Common;
using Dapper;
using Stillframe.Client;

namespace Labels.Objects;

/// <summary>The objects: reads from the frame, or from the master for who has written what the frame lacks; writes to the master.</summary>
sealed class Museum(FrameDataSource labels)
{
    /// <summary>Rows of a list at most.</summary>
    public const int LongestList = 50;

    const string Columns = "id, inventory, name, material, year, label, version";

    /// <summary>Objects whose name, material, label or number has a text in it; all of them for an empty one.</summary>
    public Task<Shown<List<MuseumObject>>> FindAsync(string text, CancellationToken cancellationToken) => ReadAsync(
        async connection => (await connection.QueryAsync<MuseumObject>(new CommandDefinition(
            $"SELECT {Columns} FROM object WHERE CONCAT_WS(' ', name, material, label, inventory) LIKE @Like ORDER BY inventory LIMIT {LongestList}",
            new { Like = $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%" },
            cancellationToken: cancellationToken))).AsList(),
        cancellationToken);

    /// <summary>One object, and the names of others.</summary>
    /// <param name="others">Their ids.</param>
    public Task<Shown<(MuseumObject? Object, List<MuseumObject> Others)>> FindAsync(long id, IReadOnlyList<long> others, CancellationToken cancellationToken) => ReadAsync(
        async connection =>
        {
            var ids = others.Append(id).ToArray();
            var found = (await connection.QueryAsync<MuseumObject>(new CommandDefinition($"SELECT {Columns} FROM object WHERE id IN @ids", new { ids }, cancellationToken: cancellationToken))).ToDictionary(one => one.Id);
            return (found.GetValueOrDefault(id), others.Where(found.ContainsKey).Select(other => found[other]).ToList());
        },
        cancellationToken);

    /// <summary>Changes a label, unless somebody has changed it since. What a frame shows may be hours old: without a version two users would write over one another and not know it.</summary>
    /// <param name="version">That the user has seen.</param>
    /// <returns>False where the object has another version now.</returns>
    /// <exception cref="MasterUnavailableException">The master is away: nothing was written.</exception>
    /// <exception cref="DbException">The connection broke: perhaps it was written, perhaps not.</exception>
    public async Task<bool> ChangeAsync(long id, long version, string label, CancellationToken cancellationToken)
    {
        await using var master = await labels.OpenMasterAsync(cancellationToken);
        return await master.ExecuteAsync(new CommandDefinition(
            "UPDATE object SET label = @label, version = version + 1 WHERE id = @id AND version = @version", new { id, version, label }, cancellationToken: cancellationToken)) == 1;
    }

    async Task<Shown<T>> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadOnceAsync(read, cancellationToken);
        }
        catch (DbException)
        {
            return await ReadOnceAsync(read, cancellationToken); // a pool may have given a connection that no longer works, to a master that went away
        }
    }

    async Task<Shown<T>> ReadOnceAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await labels.OpenConnectionAsync(cancellationToken);
        return new(await read(connection), await DataShown.OfAsync(connection, labels, cancellationToken));
    }
}
