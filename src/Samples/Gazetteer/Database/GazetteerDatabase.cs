using System.Data.Common;
#if MYSQL_CONNECTOR
using MySqlConnector;
#else
using MySql.Data.MySqlClient;
#endif

namespace Gazetteer.Database;

/// <summary>Where connections to the frame come from. The only file that names the ADO.NET provider (see build/MySqlClient.props).</summary>
static class GazetteerDatabase
{
    public static DbDataSource Source(string connectionString) =>
#if MYSQL_CONNECTOR
        MySqlConnectorFactory.Instance.CreateDataSource(connectionString);
#else
        MySqlClientFactory.Instance.CreateDataSource(connectionString);
#endif
}
