using System.Data.Common;
#if FULL_PACKAGE_SET
using MySqlConnector;
#else
using MySql.Data.MySqlClient;
#endif

namespace Gazetteer.Database;

/// <summary>Opens connections to the frame. The only file that names the ADO.NET provider (see build/MySqlClient.props).</summary>
public sealed class GazetteerDatabase(string connectionString)
{
    static readonly DbProviderFactory provider =
#if FULL_PACKAGE_SET
        MySqlConnectorFactory.Instance;
#else
        MySqlClientFactory.Instance;
#endif

    /// <summary>A connection of the pool, open.</summary>
    /// <exception cref="DbException">The database can't be reached, or refuses the account.</exception>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = provider.CreateConnection()!;
        connection.ConnectionString = connectionString;
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
