using System.Data.Common;
using Stillframe.Serving;

namespace Stillframe.Testing;

/// <summary>As the ADO.NET providers for MySQL and MariaDB understand them.</summary>
static class ConnectionStrings
{
    /// <param name="database">Null for the frame's own.</param>
    public static string Of(ServedServer server, string? database) => new DbConnectionStringBuilder
    {
        ["Server"] = server.Host,
        ["Port"] = server.Port,
        ["User ID"] = server.User,
        ["Password"] = server.Password,
        ["Database"] = database ?? server.Schema,
    }.ConnectionString;
}
