using System.Collections.Concurrent;
using System.Net;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stillframe.Client;

namespace Stillframe.EndToEnd.Routing;

/// <summary>A service in this process: "/" says which port it reads from, "/write" writes a note, "/look" opens a closed connection.</summary>
sealed class AnApplication : IAsyncDisposable
{
    readonly WebApplication app;

    AnApplication(WebApplication app, ConcurrentQueue<string> log) => (this.app, Log) = (app, log);

    public ConcurrentQueue<string> Log { get; }

    public Uri Address => new(app.Urls.Single());

    public static async Task<AnApplication> StartAsync(string frame, string master, string key, string? second = null)
    {
        var log = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new Listener(log));
        builder.Services.AddFrameDataSource(TestProvider.Factory, frame, master);
        builder.Services.AddKeyedFrameDataSource("second", TestProvider.Factory, second ?? frame, master);
        builder.Services.AddHealthChecks().AddFrame().AddFrame(key: "second", name: "second");
        var app = builder.Build();
        app.UseReadYourWrites(options => options.Key = key);
        app.MapHealthChecks("/health");
        app.MapGet("/", async (FrameDataSource source) =>
        {
            await using var connection = await source.OpenConnectionAsync();
            return (await connection.ExecuteScalarAsync<int>("SELECT @@port")) + (ReadYourWrites.Current!.IsStale ? " stale" : "");
        });
        app.MapGet("/second", async ([FromKeyedServices("second")] FrameDataSource source) =>
        {
            await using var connection = await source.OpenConnectionAsync();
            return await connection.ExecuteScalarAsync<int>("SELECT @@port");
        });
        app.MapGet("/look", (FrameDataSource source) =>
        {
            using var connection = source.CreateConnection();
            return connection.ExecuteScalar<int>("SELECT @@port");
        });
        app.MapPost("/write", async (FrameDataSource source) =>
        {
            await using (var master = await source.OpenMasterAsync())
                await master.ExecuteAsync("INSERT INTO note (text) VALUES ('by the application')");
            await using var connection = await source.OpenConnectionAsync();
            return await connection.ExecuteScalarAsync<int>("SELECT @@port");
        });
        app.MapPost("/nothing", async (FrameDataSource source) =>
        {
            await using var master = await source.OpenMasterAsync();
            await master.ExecuteAsync("INSERT INTO note (text) VALUES ('and no answer but a status')");
        });
        await app.StartAsync();
        return new(app, log);
    }

    /// <summary>A user with cookies of their own, or those of another one.</summary>
    public HttpClient User(CookieContainer? cookies = null) => new(new HttpClientHandler { CookieContainer = cookies ?? new() }, disposeHandler: true) { BaseAddress = Address };

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    sealed class Listener(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
