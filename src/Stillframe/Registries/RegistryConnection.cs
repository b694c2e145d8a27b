using System.Net;
using System.Net.Security;

namespace Stillframe.Registries;

/// <summary>Requests to one repository of one registry: which scheme, who we are, how long we wait.</summary>
sealed class RegistryConnection : IDisposable
{
    readonly RegistryOptions options;
    readonly HttpClient http;
    readonly RegistryAuthorization authorization;
    readonly string registry;
    readonly bool insecure;
    Uri? root;

    public RegistryConnection(string registry, string repository, RegistryAccess access, RegistryOptions options)
    {
        (this.registry, this.options) = (registry, options);
        insecure = options.IsInsecure(registry);
        http = new(Handler(insecure)) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Stillframe/0.1");
        authorization = new(http, registry, repository, access, new(options.Environment));
    }

    public Patience Patience(CancellationToken cancellationToken) => new(options.Patience, cancellationToken);

    public void AddPull(string repository) => authorization.AddPull(repository);

    public StillframeException Denied(string said) => authorization.Denied(said);

    /// <summary>Sends a request, answers a challenge, and returns once the headers are there.</summary>
    /// <param name="path">Below <c>/v2/</c>, or a whole address that the registry gave.</param>
    /// <param name="create">Fills the request, anew for each time it is sent.</param>
    /// <exception cref="TransientException">429 and 5xx.</exception>
    /// <exception cref="StillframeException">SF3003.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, Action<HttpRequestMessage, Patience>? create, CancellationToken cancellationToken)
    {
        using var patience = Patience(cancellationToken);
        var target = new Uri(await RootAsync(patience), path);
        for (var answered = false; ; answered = true)
        {
            var header = authorization.Current;
            using var request = new HttpRequestMessage(method, target);
            // an upload's address may lie elsewhere, where nobody needs our password
            if (target.Authority == root!.Authority)
                request.Headers.Authorization = header;
            create?.Invoke(request, patience);
            patience.Renew();
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            try
            {
                if (response.StatusCode == HttpStatusCode.Unauthorized && !answered)
                {
                    await authorization.AnswerAsync(response, header, patience.Token);
                }
                else
                {
                    await ThrowAsync(response, patience.Token);
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
        http.Dispose();
    }

    async Task ThrowAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw authorization.Denied(await RegistryResponse.DescribeAsync(response, cancellationToken));
        if (RegistryResponse.IsTransient(response.StatusCode))
            throw await RegistryResponse.TransientAsync(response, cancellationToken);
    }

    // OCI distribution specification, "Determining Support"
    async Task<Uri> RootAsync(Patience patience)
    {
        if (root is not null)
            return root;
        var host = registry == Reference.DockerHub ? "registry-1.docker.io" : registry;
        var https = new Uri($"https://{host}/v2/");
        if (!insecure)
            return root = https;
        try
        {
            using var response = await http.GetAsync(https, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return root = https;
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError)
        {
            var plain = new Uri($"http://{host}/v2/");
            using var response = await http.GetAsync(plain, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return root = plain;
        }
    }

    static SocketsHttpHandler Handler(bool insecure)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = DecompressionMethods.None, // digests are of the bytes as they are stored
        };
        if (insecure)
        {
#pragma warning disable CA5359 // asked for by name, or this machine: what "insecure registry" means
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5359
        }

        return handler;
    }
}
