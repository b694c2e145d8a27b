using System.Data.Common;
#if MYSQL_CONNECTOR
using MySqlConnector;
#else
using MySql.Data.MySqlClient;
#endif

namespace Labels;

/// <summary>The only file that names the ADO.NET provider (see build/MySqlClient.props).</summary>
static class Provider
{
    public static DbProviderFactory Factory =>
#if MYSQL_CONNECTOR
        MySqlConnectorFactory.Instance;
#else
        MySqlClientFactory.Instance;
#endif
}
