using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stillframe.EndToEnd.Masters;

/// <summary>Signs certificates, all as PEM files of one directory.</summary>
sealed class TestAuthority : IDisposable
{
    readonly string directory;
    readonly X509Certificate2 own;

    public TestAuthority(string directory, string name)
    {
        (this.directory, File) = (directory, Path.Combine(directory, $"{name}.pem"));
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
        System.IO.File.WriteAllText(File, own.ExportCertificatePem());
    }

    /// <summary>Of its own certificate.</summary>
    public string File { get; }

    /// <param name="host">A name or an address.</param>
    /// <param name="days">From now to its end; none where it ended.</param>
    /// <param name="at">Names of the files, of which there may be some already; chosen by the certificate where null.</param>
    public (string Certificate, string Key) Sign(string host, int days = 7, (string Certificate, string Key)? at = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(own, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var signed = request.Create(own, DateTimeOffset.UtcNow.AddDays(-20), DateTimeOffset.UtcNow.AddDays(days), RandomNumberGenerator.GetBytes(8));
        var files = at ?? (Path.Combine(directory, $"{host}.pem"), Path.Combine(directory, $"{host}.key"));
        System.IO.File.WriteAllText(files.Item1, signed.ExportCertificatePem());
        System.IO.File.WriteAllText(files.Item2, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    public void Dispose() => own.Dispose();
}
