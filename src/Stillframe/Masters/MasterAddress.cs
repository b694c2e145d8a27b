using System.Data.Common;
using System.Globalization;
using Stillframe.Connections;

namespace Stillframe.Masters;

/// <summary>Where a master is and who asks, as connection strings of ADO.NET providers say it.</summary>
/// <param name="Schemas">What is to be dumped; none for all.</param>
sealed record MasterAddress(ServerEndpoint Endpoint, string User, string Password, IReadOnlyList<string> Schemas)
{
    const int DefaultPort = 3306;

    static readonly string[] hosts = ["server", "host", "data source", "datasource", "address", "addr", "network address"],
        ports = ["port"], users = ["user id", "uid", "user", "username", "user name"], passwords = ["password", "pwd"], databases = ["database", "initial catalog"];

    /// <summary>Without the password: what is printed ends up in logs.</summary>
    public override string ToString() => $"{User}@{Endpoint}";

    /// <param name="text">Such as <c>Server=db;User ID=dumper;Password=…;Database=shop</c>. A server that begins with a slash is a socket; several databases are parted by commas.</param>
    /// <exception cref="StillframeException">SF1101.</exception>
    public static MasterAddress Parse(string text)
    {
        if (text.Length == 0)
            throw Invalid("it is empty; set the environment variable of this name");
        DbConnectionStringBuilder parts;
        try
        {
            parts = new() { ConnectionString = text };
        }
        catch (ArgumentException e)
        {
            throw Invalid("it is no list of 'name=value' parted by semicolons", e);
        }

        var host = Value(parts, hosts) ?? throw Invalid("it names no Server");
        var port = Value(parts, ports) is { } given
            ? int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536 ? number : throw Invalid($"'{given}' is no port")
            : DefaultPort;
        return new(
            host.StartsWith('/') ? new ServerEndpoint.UnixSocket(host) : new ServerEndpoint.Tcp(host, port),
            Value(parts, users) ?? throw Invalid("it names no User ID"),
            Value(parts, passwords) ?? "",
            [.. (Value(parts, databases) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
    }

    static string? Value(DbConnectionStringBuilder parts, string[] names) =>
        names.Select(name => parts.TryGetValue(name, out var value) ? value.ToString() : null).FirstOrDefault(value => value is { Length: > 0 });

    static StillframeException Invalid(string why, Exception? inner = null) => new(
        ErrorCodes.OptionInvalid, $"{MasterDump.Variable} is no connection string: {why}. Write it as 'Server=db;User ID=dumper;Password=…;Database=shop'.", innerException: inner);
}
