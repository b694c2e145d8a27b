namespace Stillframe.Connections;

/// <summary>The first packets of a session. MariaDB manual, "Connecting".</summary>
static class Handshake
{
    /// <returns>The server's version.</returns>
    /// <exception cref="ServerException">The server refuses the login.</exception>
    /// <exception cref="LoginException">This side does not log in.</exception>
    public static async Task<string> DoAsync(PacketStream packets, ServerEndpoint endpoint, ServerLogin login, CancellationToken cancellationToken)
    {
        var first = await packets.ReadAsync(cancellationToken);
        ErrorPacket.ThrowIfOne(first.Span);
        var greeting = Greeting.Read(first.Span);
        var isEncrypted = false;
        if (endpoint is ServerEndpoint.Tcp { Host: var host } && IsEncrypted(greeting, login.Tls.Mode))
        {
            await packets.WriteAsync(null, Login.TlsRequest(login), cancellationToken);
            await packets.ReplaceAsync(stream => TlsStream.OverAsync(stream, login.Tls, host, cancellationToken));
            isEncrypted = true;
        }

        var authentication = new Authentication(packets, login, isPrivate: isEncrypted || endpoint is ServerEndpoint.UnixSocket);
        await authentication.DoAsync(greeting, isEncrypted, cancellationToken);
        return greeting.ServerVersion;
    }

    static bool IsEncrypted(Greeting greeting, TlsMode mode) => mode switch
    {
        TlsMode.None => false,
        TlsMode.ForPasswords => greeting is { HasTls: true, Plugin: Authentication.CachingSha2 },
        TlsMode.Preferred => greeting.HasTls,
        _ => greeting.HasTls ? true : throw new LoginException(
            isUnsafe: true, $"offers no TLS, and SslMode={mode} asks for it. Give it a certificate (ssl_cert and ssl_key), or say SslMode=None where nobody else is on the network in between."),
    };
}
