using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Stillframe.Tests.Registries;

/// <summary>A web server of this machine that notes what it was asked with.</summary>
sealed class AServer : IAsyncDisposable
{
    readonly WebApplication server;
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly X509Certificate2 certificate;

    public AServer(bool https, Action<AServer, HttpContext> answer)
    {
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(options => options.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (https)
                listen.UseHttps(certificate);
        }));
        server = builder.Build();
        server.Run(context =>
        {
            Asked.Enqueue((context.Request.Method + " " + context.Request.Path, context.Request.Headers.Authorization.ToString()));
            answer(this, context);
            return Task.CompletedTask;
        });
        server.StartAsync().GetAwaiter().GetResult();
    }

    public ConcurrentQueue<(string What, string Authorization)> Asked { get; } = new();

    /// <summary>Such as <c>https://127.0.0.1:40123</c>.</summary>
    public string Address => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public string Host => Address[(Address.IndexOf("//", StringComparison.Ordinal) + 2)..];

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        certificate.Dispose();
        key.Dispose();
    }
}
