using System.Data.Common;
using System.Globalization;
using Stillframe.Connections;

namespace Stillframe.Masters;

/// <summary>Where a master is and who asks, as connection strings of ADO.NET providers say it.</summary>
/// <param name="Schemas">What is to be dumped; none for all.</param>
sealed record MasterAddress(ServerEndpoint Endpoint, ServerLogin Login, IReadOnlyList<string> Schemas)
{
    const int DefaultPort = 3306;

    /// <summary>Without spaces, <c>-</c> and <c>_</c>, which providers leave out or write.</summary>
    static readonly string[] hosts = ["server", "host", "datasource", "address", "addr", "networkaddress"],
        ports = ["port"], users = ["userid", "uid", "user", "username"], passwords = ["password", "pwd"], databases = ["database", "initialcatalog"],
        limits = ["connectiontimeout", "connecttimeout"];

    public string User => Login.Account.User;

    public string Password => Login.Account.Password;

    /// <summary>The environment variable that it comes from.</summary>
    public string Variable { get; init; } = MasterDump.Variable;

    /// <summary>For connecting and logging in.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Without the password: what is printed ends up in logs.</summary>
    public override string ToString() => $"{User}@{Endpoint}";

    /// <param name="text">Such as <c>Server=db;User ID=dumper;Password=…;Database=shop</c>. A server that begins with a slash is a socket; several databases are parted by commas.</param>
    /// <param name="variable">The environment variable that it comes from.</param>
    /// <exception cref="StillframeException">SF1101.</exception>
    public static MasterAddress Parse(string text, string variable = MasterDump.Variable)
    {
        try
        {
            return Read(text) with { Variable = variable };
        }
        catch (FormatException e)
        {
            throw new StillframeException(
                ErrorCodes.OptionInvalid, $"{variable} is no connection string: {e.Message}. Write it as 'Server=db;User ID=dumper;Password=…;Database=shop'.", innerException: e);
        }
    }

    static MasterAddress Read(string text)
    {
        if (text.Length == 0)
            throw new FormatException("it is empty; set the environment variable of this name");
        var values = Values(text);
        var host = Value(hosts) ?? throw new FormatException("it names no Server");
        var account = new ServerCredentials(Value(users) ?? throw new FormatException("it names no User ID"), Value(passwords) ?? "");
        return new(
            host.StartsWith('/') ? new ServerEndpoint.UnixSocket(host) : new ServerEndpoint.Tcp(host, Number(ports, "port", 65535) ?? DefaultPort),
            MasterTls.Login(account, host, Value),
            [.. (Value(databases) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)])
        {
            Limit = TimeSpan.FromSeconds(Number(limits, "number of seconds", 86400) ?? 30),
        };

        string? Value(string[] names) => names.Select(name => values.GetValueOrDefault(name)).FirstOrDefault(value => value is { Length: > 0 });

        int? Number(string[] names, string what, int highest) => Value(names) is not { } given
            ? null
            : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= highest ? number : throw new FormatException($"'{given}' is no {what}");
    }

    static Dictionary<string, string?> Values(string text)
    {
        DbConnectionStringBuilder parts;
        try
        {
            parts = new() { ConnectionString = text };
        }
        catch (ArgumentException e)
        {
            throw new FormatException("it is no list of 'name=value' parted by semicolons", e);
        }

        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (string name in parts.Keys)
            values[string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant()] = parts[name].ToString();
        return values;
    }
}
