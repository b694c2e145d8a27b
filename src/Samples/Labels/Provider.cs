using System.Data.Common;
#if FULL_PACKAGE_SET
using MySqlConnector;
#else
using MySql.Data.MySqlClient;
#endif

namespace Labels;

/// <summary>The only file that names the ADO.NET provider (see build/MySqlClient.props).</summary>
static class Provider
{
    public static DbProviderFactory Factory =>
#if FULL_PACKAGE_SET
        MySqlConnectorFactory.Instance;
#else
        MySqlClientFactory.Instance;
#endif
}
