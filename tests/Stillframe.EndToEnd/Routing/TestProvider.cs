using System.Data.Common;
using Stillframe.Client;

namespace Stillframe.EndToEnd.Routing;

/// <summary>The ADO.NET provider of this run (build/MySqlClient.props).</summary>
static class TestProvider
{
    public static DbProviderFactory Factory =>
#if MYSQL_CONNECTOR
        MySqlConnector.MySqlConnectorFactory.Instance;
#else
        MySql.Data.MySqlClient.MySqlClientFactory.Instance;
#endif

    public static FrameDataSource Source(string frame, string master, TimeSpan? limit = null, string name = "") =>
        new(Factory.CreateDataSource(frame), Factory.CreateDataSource(master), new() { Name = name, MasterTimeout = limit ?? TimeSpan.FromMinutes(1) });

    public static string Address(int port, string user, string password, string database) => new DbConnectionStringBuilder
    {
        ["Server"] = "127.0.0.1",
        ["Port"] = port,
        ["User ID"] = user,
        ["Password"] = password,
        ["Database"] = database,
    }.ConnectionString;
}
