using System.Data.Common;
using System.Globalization;

namespace Gazetteer.Database;

/// <summary>Where the frame is, from the configuration.</summary>
public static class ConnectionSettings
{
    /// <summary>
    /// <c>ConnectionStrings:Gazetteer</c> (environment variable <c>ConnectionStrings__Gazetteer</c>) as it is; otherwise put together of
    /// <c>Database:Host</c>, <c>Port</c>, <c>User</c> and <c>Password</c> (<c>Database__Host</c>, …).
    /// </summary>
    /// <exception cref="FormatException"><c>Database:Port</c> is no port number.</exception>
    public static string ConnectionString(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Gazetteer") is { Length: > 0 } whole)
            return whole;

        var database = configuration.GetSection("Database");
        // the keywords that work with MySqlConnector and with MySql.Data; Keepalive does not: the latter sets it by a call that only Windows has
        return new DbConnectionStringBuilder
        {
            ["Server"] = database["Host"] ?? "127.0.0.1",
            ["Port"] = Port(database["Port"]),
            ["User ID"] = database["User"] ?? "gazetteer",
            ["Password"] = database["Password"] ?? "",
            ["Database"] = "gazetteer",
            ["Connection Timeout"] = 5, // seconds
            ["Default Command Timeout"] = 10, // seconds: a request that hangs is worse than one that fails
        }.ConnectionString;
    }

    static int Port(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 3306;
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? port
            : throw new FormatException($"Database:Port is '{text}', which is no port number. Set it to a number from 1 to 65535.");
    }
}
