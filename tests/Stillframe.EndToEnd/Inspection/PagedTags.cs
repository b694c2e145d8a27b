using System.Net;
using System.Text.Json;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Inspection;

/// <summary>Lists tags in pages, which Debian's registry does not. OCI distribution specification, "Listing Tags".</summary>
sealed class PagedTags : IDisposable
{
    readonly HttpListener listener = new();
    readonly string[] tags;
    readonly int page;

    /// <param name="page">Tags in a page, whatever was asked for.</param>
    public PagedTags(int count, int page)
    {
        (tags, this.page) = ([.. Enumerable.Range(1000, count).Select(number => $"t{number}")], page);
        listener.Prefixes.Add($"http://{Host}/");
        listener.Start();
        _ = ListenAsync();
    }

    public string Host { get; } = $"127.0.0.1:{Ports.Free()}";

    public int Pages { get; private set; }

    public void Dispose() => listener.Close();

    async Task ListenAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                if (context.Request.Url!.AbsolutePath == "/v2/shop-db/tags/list")
                    await ListAsync(context);
                else
                    context.Response.StatusCode = context.Request.Url.AbsolutePath == "/v2/" ? 200 : 404;
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task ListAsync(HttpListenerContext context)
    {
        Pages++;
        var last = context.Request.QueryString["last"] ?? "";
        var rest = tags.Where(tag => string.CompareOrdinal(tag, last) > 0).ToList();
        if (rest.Count > page)
            context.Response.Headers["Link"] = $"</v2/shop-db/tags/list?n={page}&last={rest[page - 1]}>; rel=\"next\"";
        await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new { name = "shop-db", tags = rest.Take(page) }));
    }
}
