using System.Net;
using System.Net.Security;
using Stillframe.Oci;

namespace Stillframe.Registries;

/// <summary>Requests to one repository of one registry: which scheme, who we are, how long we wait.</summary>
sealed class RegistryConnection : IDisposable
{
    readonly RegistryOptions options;
    readonly HttpClient http;
    readonly HttpClient tokens;
    readonly RegistryAuthorization authorization;
    readonly string registry;
    readonly bool insecure;
    RegistryOrigin? origin;

    public RegistryConnection(string registry, string repository, RegistryAccess access, RegistryOptions options)
    {
        (this.registry, this.options) = (registry, options);
        insecure = options.IsInsecure(registry);
        http = Client(redirected: true);
        tokens = Client(redirected: false); // what goes to a token server is for it alone
        authorization = new(tokens, registry, repository, access, options);
    }

    public IdleTimeout BeginTimeout(CancellationToken cancellationToken) => new(options.IdleTimeout, cancellationToken);

    public void AddPull(string repository) => authorization.AddPull(repository);

    /// <summary>Sends a request, answers a challenge, and returns once the headers are there.</summary>
    /// <param name="path">Below <c>/v2/</c>, or a whole address that the registry gave.</param>
    /// <param name="create">Fills the request, anew for each time it is sent.</param>
    /// <exception cref="TransientException">429 and 5xx.</exception>
    /// <exception cref="StillframeException">SF3003, SF3010.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, Action<HttpRequestMessage, IdleTimeout>? create, CancellationToken cancellationToken)
    {
        using var timeout = BeginTimeout(cancellationToken);
        origin ??= new(await RootAsync(timeout));
        var target = new Uri(origin.Root, path);
        if (origin.IsLessSafe(target))
            throw InTheClear($"sends us to '{target.GetLeftPart(UriPartial.Authority)}'");
        for (var answered = false; ; answered = true)
        {
            var header = authorization.Current;
            using var request = new HttpRequestMessage(method, target);
            // an upload's address may lie elsewhere, where nobody needs our password
            if (origin.Is(target))
                request.Headers.Authorization = header;
            create?.Invoke(request, timeout);
            timeout.Renew();
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            try
            {
                if (response.StatusCode == HttpStatusCode.Unauthorized && !answered && origin.Is(response.RequestMessage?.RequestUri ?? target))
                {
                    await authorization.AnswerAsync(response, origin, header, timeout.Token);
                }
                else
                {
                    await ThrowAsync(response, timeout.Token);
                    var result = response;
                    response = null;
                    return result;
                }
            }
            finally
            {
                response?.Dispose();
            }
        }
    }

    public void Dispose()
    {
        authorization.Dispose();
        tokens.Dispose();
        http.Dispose();
    }

    StillframeException InTheClear(string what) => new(
        ErrorCodes.RegistryInTheClear,
        $"Registry '{registry}' is spoken to by https, but {what}, where anybody on the way could read what we send. Let the proxy in front of it pass on 'X-Forwarded-Proto', or correct the registry's own address.");

    async Task ThrowAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw authorization.Denied(await RegistryResponse.DescribeAsync(response, cancellationToken));
        if (RegistryResponse.IsTransient(response.StatusCode))
            throw await RegistryResponse.TransientAsync(response, cancellationToken);
    }

    // OCI distribution specification, "Determining Support"
    async Task<Uri> RootAsync(IdleTimeout timeout)
    {
        var host = registry == Reference.DockerHub ? "registry-1.docker.io" : registry;
        var https = new Uri($"https://{host}/v2/");
        if (!insecure)
            return https;
        try
        {
            using var response = await http.GetAsync(https, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            return https;
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError)
        {
            var plain = new Uri($"http://{host}/v2/");
            using var response = await http.GetAsync(plain, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            return plain;
        }
    }

    HttpClient Client(bool redirected)
    {
        var client = new HttpClient(Handler(redirected)) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Stillframe/0.1");
        return client;
    }

    SocketsHttpHandler Handler(bool redirected)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = redirected,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = DecompressionMethods.None, // digests are of the bytes as they are stored
        };
        if (insecure)
        {
            // asked for by name, or this machine: what "insecure registry" means; not for other hosts that it sends us to
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (sender, _, _, errors) =>
                    errors == SslPolicyErrors.None || sender is SslStream { TargetHostName: var name } && options.IsInsecureHost(name),
            };
        }

        return handler;
    }
}
