using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stillframe.Consoles;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Destinations;

/// <summary>A request as the proxy saw it, and the status it answered with; 0 where it hung up.</summary>
public sealed record SeenRequest(string Method, string Path, int Status)
{
    public override string ToString() => $"{Method} {Path} {Status}";
}

/// <summary>
/// Stands in front of a registry and fails when told to: answers in its place, or hangs up in the middle of a body. Notes every request.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    readonly HttpClient upstream = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    readonly ConcurrentQueue<SeenRequest> requests = new();
    readonly List<Fault> faults = [];
    readonly WebApplication server;
    readonly string target;

    /// <param name="Times">How many requests it still applies to.</param>
    sealed record Fault(string Method, string PathPart, long SmallestBody, Func<HttpContext, Task> Act)
    {
        public int Times { get; set; }
    }

    public FaultProxy(string target)
    {
        this.target = target;
        Host = $"127.0.0.1:{Ports.Free()}";
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://{Host}");
        builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = null);
        server = builder.Build();
        server.Run(HandleAsync);
        server.Start();
    }

    public string Host { get; }

    public IReadOnlyList<SeenRequest> Requests => [.. requests];

    public void Forget() => requests.Clear();

    /// <summary>Answers the next so many requests like this in the registry's place.</summary>
    public void Answer(string method, string pathPart, int times, int status, string? header = null, string? value = null) =>
        Add(new(method, pathPart, 0, async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.StatusCode = status;
            if (header is not null)
                context.Response.Headers[header] = value;
        })
        { Times = times });

    /// <summary>Passes on so many bytes of the next request like this that has more, then hangs up on both sides.</summary>
    public void HangUp(string method, string pathPart, int times, long afterBytes) =>
        Add(new(method, pathPart, afterBytes + 1, async context =>
        {
            try
            {
                await ForwardAsync(context, new CutStream(context.Request.Body, afterBytes));
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                context.Abort();
            }
        })
        { Times = times });

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await server.StopAsync(now.Token);
        await server.DisposeAsync();
        upstream.Dispose();
    }

    void Add(Fault fault)
    {
        lock (faults)
            faults.Add(fault);
    }

    async Task HandleAsync(HttpContext context)
    {
        var fault = Next(context.Request);
        try
        {
            await (fault is null ? ForwardAsync(context, context.Request.Body) : fault.Act(context));
        }
        finally
        {
            requests.Enqueue(new(context.Request.Method, context.Request.Path, context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode));
        }
    }

    Fault? Next(HttpRequest request)
    {
        lock (faults)
        {
            var fault = faults.Find(fault => fault.Times > 0
                && fault.Method == request.Method
                && request.Path.Value!.Contains(fault.PathPart, StringComparison.Ordinal)
                && (request.ContentLength ?? 0) >= fault.SmallestBody);
            if (fault is not null)
                fault.Times--;
            return fault;
        }
    }

    async Task ForwardAsync(HttpContext context, Stream body)
    {
        var request = context.Request;
        using var forwarded = new HttpRequestMessage(new(request.Method), new Uri($"http://{target}{request.GetEncodedPathAndQuery()}"));
        if (request.ContentLength is { } size)
        {
            forwarded.Content = new StreamContent(body);
            forwarded.Content.Headers.ContentLength = size;
        }

        foreach (var (name, values) in request.Headers.Where(header => !IsOfTheConnection(header.Key)))
        {
            if (!forwarded.Headers.TryAddWithoutValidation(name, values.ToArray()))
                forwarded.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        using var response = await upstream.SendAsync(forwarded, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => !IsOfTheConnection(header.Key)))
            context.Response.Headers[name] = values.ToArray();
        if (request.Method != "HEAD")
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    static bool IsOfTheConnection(string header) => header is "Content-Length" or "Transfer-Encoding" or "Connection";
}
