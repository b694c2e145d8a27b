namespace Stillframe.Connections;

/// <summary>Who logs in to a server, and what the way to it has to be like.</summary>
sealed record ServerLogin(ServerCredentials Account)
{
    public TlsSettings Tls { get; init; } = new(TlsMode.None);

    /// <summary>Whether a password may be encrypted with a public key that the server sends over a connection without TLS: whoever sits in between may send another.</summary>
    public bool TakesPublicKey { get; init; }

    /// <summary>Whether statements may ask for files of this side (<see cref="ServerConnection.LoadLocalAsync"/>); otherwise the server refuses them.</summary>
    public bool LocalFiles { get; init; }
}
