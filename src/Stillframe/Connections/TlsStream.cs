using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Stillframe.Connections;

/// <summary>Encrypts a connection, and looks who is at its other end.</summary>
static class TlsStream
{
    /// <exception cref="LoginException">The server's certificate is not one to trust, or there is none.</exception>
    /// <exception cref="StillframeException">SF1101: a file of the settings can't be read.</exception>
    public static async Task<Stream> OverAsync(Stream stream, TlsSettings settings, string host, CancellationToken cancellationToken)
    {
        string? refusal = null;
        using var own = settings.Own();
        var encrypted = new SslStream(stream);
        try
        {
            await encrypted.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    CertificateChainPolicy = settings.ChainPolicy(),
                    ClientCertificateContext = own is null ? null : SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true),
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) => (refusal = Refusal(settings, host, certificate as X509Certificate2, chain, errors)) is null,
                },
                cancellationToken);
            return encrypted;
        }
        catch (AuthenticationException e)
        {
            await encrypted.DisposeAsync();
            throw new LoginException(isUnsafe: true, refusal ?? $"speaks no TLS that this side understands: {(e.InnerException ?? e).Message.TrimEnd('.')}. Let its tls_version have TLSv1.2 or TLSv1.3.", e);
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }
    }

    /// <returns>What is wrong with the certificate and what to do; null for a good one.</returns>
    static string? Refusal(TlsSettings settings, string host, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (settings.Mode is TlsMode.ForPasswords or TlsMode.Preferred or TlsMode.Required)
            return null;
        if (certificate is null)
            return "shows no certificate. Give it one (ssl_cert and ssl_key).";
        var statuses = (chain?.ChainStatus ?? []).Select(status => status.Status).ToList();
        if (statuses.Contains(X509ChainStatusFlags.NotTimeValid))
            return string.Create(
                CultureInfo.InvariantCulture,
                $"shows a certificate that is valid from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC, and not now. Renew it, or set this machine's clock.");
        if (statuses.Any(status => status is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain))
            return $"shows a certificate of '{certificate.Issuer}', who is no authority that {(settings.AuthorityFile is { } file ? $"'{file}' has" : "this machine trusts")}. "
                + "Name the PEM file of its authority by SslCa=….";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            return $"shows a certificate that is not to be trusted: {string.Join(", ", chain!.ChainStatus.Select(status => status.StatusInformation.TrimEnd('.')))}. Give it another one.";
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && settings.Mode == TlsMode.VerifyFull
            ? $"shows a certificate for {Names(certificate)}, and not for '{host}'. Name the server as the certificate does, or say SslMode=VerifyCA where its authority (SslCa) signs for nobody else."
            : null;
    }

    static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(one => one.EnumerateDnsNames().Concat(one.EnumerateIPAddresses().Select(address => address.ToString()))).ToList();
        return string.Join(", ", (names.Count > 0 ? names : [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)]).Select(name => $"'{name}'"));
    }
}
