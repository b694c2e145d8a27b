using System.Data.Common;
using Dapper;

namespace Gazetteer.Versions;

static class DataVersion
{
    /// <summary>The data version that the database gives for itself; null where it is no frame.</summary>
    public static async Task<string?> ReadAsync(DbDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var isFrame = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT * FROM information_schema.tables WHERE table_schema = 'stillframe' AND table_name = 'image')",
            cancellationToken: cancellationToken));
        return isFrame
            ? await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition("SELECT data_version FROM stillframe.image", cancellationToken: cancellationToken))
            : null;
    }
}
