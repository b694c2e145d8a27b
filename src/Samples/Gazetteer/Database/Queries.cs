using System.Data.Common;

namespace Gazetteer.Database;

static class Queries
{
    /// <summary>Runs a query and turns each of its rows into a <typeparamref name="T"/>.</summary>
    public static async Task<List<T>> QueryAsync<T>(
        this DbConnection connection,
        string sql,
        Func<DbDataReader, T> row,
        CancellationToken cancellationToken,
        params IEnumerable<(string Name, object? Value)> parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(row(reader));
        return rows;
    }

    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
