using System.Data.Common;
using Dapper;

namespace Gazetteer.Versions;

static class DataVersion
{
    /// <summary>Data and schema version that the database gives for itself; both null where it is no frame.</summary>
    public static async Task<(string? Data, string? Schema)> ReadAsync(DbDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var isFrame = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT * FROM information_schema.tables WHERE table_schema = 'stillframe' AND table_name = 'image')",
            cancellationToken: cancellationToken));
        return isFrame
            ? await connection.QuerySingleOrDefaultAsync<(string, string)>(
                new CommandDefinition("SELECT data_version, schema_version FROM stillframe.image", cancellationToken: cancellationToken))
            : (null, null);
    }
}
