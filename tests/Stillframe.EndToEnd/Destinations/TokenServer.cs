using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Destinations;

/// <summary>Gives tokens that a registry takes. CNCF distribution, "Token Authentication Implementation".</summary>
public sealed class TokenServer : IDisposable
{
    readonly HttpListener listener = new();
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly X509Certificate2 certificate;
    readonly string account;
    readonly string address;
    readonly string bundle;

    public TokenServer(string directory, string user, string password)
    {
        account = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        certificate = new CertificateRequest("CN=tokens", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        bundle = Path.Combine(directory, "tokens.pem");
        File.WriteAllText(bundle, certificate.ExportCertificatePem());
        address = $"http://127.0.0.1:{Ports.Free()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        _ = ListenAsync();
    }

    /// <summary>What each request asked for, scopes in order.</summary>
    public ConcurrentQueue<string> Scopes { get; } = new();

    public string RegistryConfiguration => $"""
          token:
            realm: {address}token
            service: test
            issuer: test
            rootcertbundle: {bundle}
        """.Replace("\n", "\n  ", StringComparison.Ordinal).Insert(0, "  ");

    public void Dispose()
    {
        listener.Close();
        certificate.Dispose();
        key.Dispose();
    }

    async Task ListenAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                var scopes = context.Request.QueryString.GetValues("scope") ?? [];
                Scopes.Enqueue(string.Join(' ', scopes));
                if (context.Request.Headers["Authorization"] == account)
                    await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new { token = Token(scopes) }));
                else
                    context.Response.StatusCode = 401;
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    string Token(string[] scopes)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "ES256", ["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData)) };
        var claims = new JsonObject
        {
            ["iss"] = "test",
            ["sub"] = "test",
            ["aud"] = "test",
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now,
            ["nbf"] = now - 10,
            ["exp"] = now + 300,
            ["access"] = new JsonArray([.. scopes.Select(scope => scope.Split(':')).Select(parts => new JsonObject
            {
                ["type"] = parts[0], ["name"] = parts[1], ["actions"] = new JsonArray([.. parts[2].Split(',').Select(action => (JsonNode)action)]),
            })]),
        };
        var signed = Encode(Encoding.UTF8.GetBytes(header.ToJsonString())) + "." + Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()));
        return signed + "." + Encode(key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
