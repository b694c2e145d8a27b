using System.Net;
using Stillframe.Connections;

namespace Stillframe.Masters;

/// <summary>How far a connection string trusts the way to the master.</summary>
static class MasterTls
{
    static readonly string[] modes = ["sslmode"], authorities = ["sslca", "cacertificatefile"], certificates = ["sslcert", "sslcertificate"], keys = ["sslkey"],
        publicKeys = ["allowpublickeyretrieval"];

    /// <param name="host">A socket's path, or a host.</param>
    /// <param name="value">Gives the value that one of these names has.</param>
    /// <exception cref="FormatException">It says what the connection string can't say.</exception>
    public static ServerLogin Login(ServerCredentials account, string host, Func<string[], string?> value)
    {
        var authority = value(authorities);
        // whoever names an authority wants it looked at; otherwise what does not leave the machine, such as a tunnel's end, is encrypted where that costs nobody a thought
        var mode = value(modes) is { } given ? Mode(given) : authority is null && IsThisMachine(host) ? TlsMode.Preferred : TlsMode.VerifyFull;
        if (authority is not null && mode < TlsMode.VerifyCA)
            throw new FormatException($"it names an authority by SslCa, which SslMode={mode} does not look at; say VerifyFull or VerifyCA");
        var own = value(certificates);
        return new(account)
        {
            Tls = new(mode, authority, own, own is null && value(keys) is not null ? throw new FormatException("it has an SslKey and no SslCert") : value(keys)),
            TakesPublicKey = value(publicKeys) is { } allowed && (bool.TryParse(allowed, out var yes) ? yes : throw new FormatException($"AllowPublicKeyRetrieval is 'true' or 'false', and not '{allowed}'")),
        };
    }

    static TlsMode Mode(string given) => given.ToUpperInvariant() switch
    {
        "NONE" or "DISABLED" or "DISABLE" => TlsMode.None,
        "PREFERRED" or "PREFER" => TlsMode.Preferred,
        "REQUIRED" or "REQUIRE" => TlsMode.Required,
        "VERIFYCA" or "VERIFY_CA" or "VERIFY-CA" => TlsMode.VerifyCA,
        "VERIFYFULL" or "VERIFY_IDENTITY" or "VERIFY-FULL" => TlsMode.VerifyFull,
        _ => throw new FormatException($"SslMode is VerifyFull, VerifyCA, Required, Preferred or None, and not '{given}'"),
    };

    static bool IsThisMachine(string host) =>
        host.StartsWith('/') || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
