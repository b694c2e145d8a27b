using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stillframe.Connections;

/// <summary>As ADO.NET providers name them.</summary>
enum TlsMode
{
    None,
    /// <summary>Where the server offers it and may ask for the password itself, and whoever it is: for servers of this side's own.</summary>
    ForPasswords,
    /// <summary>Where the server offers it, and whoever it is: against those who only listen.</summary>
    Preferred,
    /// <summary>Always, and whoever the server is.</summary>
    Required,
    /// <summary>With a certificate of a trusted authority, for whatever name.</summary>
    VerifyCA,
    /// <summary>With a certificate of a trusted authority, for the name that was asked for.</summary>
    VerifyFull,
}

/// <param name="AuthorityFile">PEM file of the authorities to trust; null for those that the system trusts.</param>
/// <param name="CertificateFile">PEM file of this side's own certificate, for accounts with <c>REQUIRE X509</c>; null for none.</param>
/// <param name="KeyFile">PEM file of its key; null where that is in the same file.</param>
sealed record TlsSettings(TlsMode Mode, string? AuthorityFile = null, string? CertificateFile = null, string? KeyFile = null)
{
    /// <exception cref="StillframeException">SF1101.</exception>
    public X509ChainPolicy ChainPolicy()
    {
        // a certificate that is not trusted yet must not say where this side connects to
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (AuthorityFile is null)
            return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        Read("SslCa", AuthorityFile, () => policy.CustomTrustStore.ImportFromPemFile(AuthorityFile));
        return policy.CustomTrustStore.Count > 0 ? policy : throw Unreadable("SslCa", AuthorityFile, "there is no certificate in it");
    }

    /// <summary>This side's own; null for none.</summary>
    /// <inheritdoc cref="ChainPolicy"/>
    public X509Certificate2? Own()
    {
        X509Certificate2? own = null;
        if (CertificateFile is not null)
            Read("SslCert or SslKey", CertificateFile, () => own = X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile));
        return own;
    }

    static void Read(string word, string file, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unreadable(word, file, e.Message.TrimEnd('.'), e);
        }
    }

    static StillframeException Unreadable(string word, string file, string why, Exception? inner = null) => new(
        ErrorCodes.OptionInvalid, $"{word} of the connection string: '{file}' can't be used: {why}. It has to be a PEM file.", innerException: inner);
}
