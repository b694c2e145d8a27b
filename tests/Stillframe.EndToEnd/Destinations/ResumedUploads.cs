using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Stillframe.Destinations;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Destinations;

/// <summary>
/// docker-registry forgets an upload whose connection broke; registries that keep it are stood in for by the few lines of
/// the specification that matter here (OCI distribution specification, "Pushing a blob in chunks").
/// </summary>
public sealed class ResumedUploads : IAsyncLifetime
{
    const int BreaksAfter = 300_000;
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly string host = $"127.0.0.1:{Ports.Free()}";
    readonly ConcurrentDictionary<string, MemoryStream> uploads = new();
    readonly ConcurrentDictionary<string, byte[]> blobs = new();
    readonly ConcurrentQueue<string> requests = new();
    readonly WebApplication server;
    int breaks = 1;

    public ResumedUploads()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://{host}");
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    public Task InitializeAsync() => server.StartAsync();

    public async Task DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await server.StopAsync(now.Token);
        await server.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Only_the_rest_is_sent_after_a_broken_connection()
    {
        var image = await TestImages.MakeAsync(directory.Path, "resumed", 800_000);
        var options = new RegistryOptions { Environment = _ => null, FirstWait = TimeSpan.FromMilliseconds(10), ParallelUploads = 1 };

        await new RegistryDestination(Reference.Of(host, "a"), options).DeliverAsync(image, ["1"], SilentReporter.Instance, default);

        Assert.All(image.Blobs, blob => Assert.Equal(blob.Descriptor.Size, blobs[blob.Descriptor.Digest.ToString()].Length));
        var patch = Assert.Single(requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
        var broken = image.Blobs.MaxBy(blob => blob.Descriptor.Size)!;
        Assert.Equal($"PATCH {BreaksAfter}-{broken.Descriptor.Size - 1}", patch);
    }

    async Task AnswerAsync(HttpContext context)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value!);
        requests.Enqueue($"{method} {context.Request.Headers.ContentRange}");
        context.Response.StatusCode = 404;
        if (path == "/v2/")
            context.Response.StatusCode = 200;
        else if (path.Contains("/manifests/", StringComparison.Ordinal) && method == "PUT")
            context.Response.StatusCode = 201;
        else if (path.EndsWith("/uploads/", StringComparison.Ordinal))
            Say(context, 202, Guid.NewGuid().ToString());
        else if (path.Contains("/uploads/", StringComparison.Ordinal))
            await UploadAsync(context, path[(path.LastIndexOf('/') + 1)..]);
    }

    async Task UploadAsync(HttpContext context, string id)
    {
        var upload = uploads.GetOrAdd(id, _ => new());
        if (context.Request.Method == "GET")
        {
            Say(context, 204, id);
            context.Response.Headers["Range"] = string.Create(CultureInfo.InvariantCulture, $"0-{upload.Length - 1}");
            return;
        }

        var buffer = new byte[50_000];
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer)) > 0)
        {
            await upload.WriteAsync(buffer.AsMemory(0, (int)Math.Min(count, breaks > 0 ? BreaksAfter - upload.Length : count)));
            if (upload.Length == BreaksAfter && breaks-- > 0)
            {
                context.Abort();
                return;
            }
        }

        Say(context, context.Request.Method == "PATCH" ? 202 : 201, id);
        if (context.Request.Query["digest"] is [{ } digest] && Digest.Of(upload.ToArray()).ToString() == digest)
            blobs[digest] = upload.ToArray();
    }

    static void Say(HttpContext context, int status, string id)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = $"/v2/a/blobs/uploads/{id}";
    }
}
