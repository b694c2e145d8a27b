using System.Net;
using System.Text.RegularExpressions;
using Stillframe.Images;
using Stillframe.Oci;

/// <summary>
/// One image layout as a registry on a port of 127.0.0.1, for reading only: the .NET SDK takes base images from registries and
/// nowhere else. OCI distribution specification, "Pull".
/// </summary>
sealed partial class LayoutRegistry : IAsyncDisposable
{
    readonly string layout;
    readonly OciImage image;
    readonly HttpListener listener;
    readonly Task serving;

    LayoutRegistry(string layout, OciImage image, HttpListener listener, int port)
    {
        (this.layout, this.image, this.listener, Port) = (layout, image, listener, port);
        serving = ServeAsync();
    }

    public int Port { get; }

    public string Host => $"127.0.0.1:{Port}";

    public static async Task<LayoutRegistry> StartAsync(string layout, CancellationToken cancellationToken)
    {
        var image = await ImageLayout.ReadAsync(layout, cancellationToken: cancellationToken);
        for (var attempt = 0; ; attempt++)
        {
            var port = Random.Shared.Next(20_000, 60_000);
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return new(layout, image, listener, port);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // somebody else's port
                listener.Close();
            }
        }
    }

    async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task AnswerAsync(HttpListenerContext context)
    {
        using var response = context.Response;
        try
        {
            response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
            var path = context.Request.Url!.AbsolutePath;
            if (context.Request.HttpMethod is not ("GET" or "HEAD"))
                response.StatusCode = (int)HttpStatusCode.MethodNotAllowed;
            else if (Resource().Match(path) is { Success: true } match && Find(match.Groups["kind"].Value, match.Groups["name"].Value) is { } descriptor)
                await SendAsync(descriptor, context.Request.HttpMethod == "HEAD", response);
            else if (path != "/v2/")
                response.StatusCode = (int)HttpStatusCode.NotFound;
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
            // the reader has gone
        }
    }

    async Task SendAsync(Descriptor descriptor, bool headOnly, HttpListenerResponse response)
    {
        response.ContentType = descriptor.MediaType;
        response.ContentLength64 = descriptor.Size;
        response.Headers["Docker-Content-Digest"] = descriptor.Digest.ToString();
        if (headOnly)
            return;
        await using var file = File.OpenRead(Path.Combine(layout, "blobs", "sha256", descriptor.Digest.Hex));
        await file.CopyToAsync(response.OutputStream);
    }

    Descriptor? Find(string kind, string name) => kind switch
    {
        "manifests" when !name.StartsWith("sha256:", StringComparison.Ordinal) => image.Manifest.Descriptor,
        "manifests" => image.Digest.ToString() == name ? image.Manifest.Descriptor : null,
        _ => image.Blobs.FirstOrDefault(blob => blob.Descriptor.Digest.ToString() == name)?.Descriptor,
    };

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    [GeneratedRegex("^/v2/.+/(?<kind>manifests|blobs)/(?<name>[^/]+)$")]
    private static partial Regex Resource();
}
