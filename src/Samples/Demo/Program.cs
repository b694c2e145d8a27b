using System.CommandLine;
using Demo;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;

Option<string> registry = new("--registry") { Required = true }, project = new("--project") { Required = true }, directory = new("--directory") { Required = true };
Option<string[]> publish = new("--publish") { Description = "What each run of 'dotnet' on the project gets" };
Option<int> port = new("--port") { DefaultValueFactory = _ => 8090 }, refreshes = new("--refreshes"), seconds = new("--seconds") { DefaultValueFactory = _ => 60 };
var command = new RootCommand("A master, replicas of a service with its frame, users, refreshes and releases, on one machine") { registry, project, directory, publish, port, refreshes, seconds };
command.SetAction((parsed, cancellationToken) => RunAsync(
    new(parsed.GetRequiredValue(registry), parsed.GetRequiredValue(project), parsed.GetValue(publish) ?? [], parsed.GetRequiredValue(directory))
    {
        Port = parsed.GetValue(port),
        Refreshes = parsed.GetValue(refreshes),
        RefreshEvery = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
    },
    cancellationToken));
return await command.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });

static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellationToken)
{
    var figures = new Figures(TimeProvider.System);
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Error);
    builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
    builder.Services.AddSingleton<IHostLifetime, NoSignals>();
    builder.Services.AddReverseProxy().LoadFromMemory(Front.Routes, []);
    await using var app = builder.Build();
    app.MapGet("/demo", () => Results.Content(FiguresPage.Write(figures, DateTimeOffset.UtcNow), "text/html; charset=utf-8"));
    app.MapReverseProxy();
    await app.StartAsync(cancellationToken);
    try
    {
        await using var stage = await Stage.OpenAsync(options.Registry, cancellationToken);
        var front = new Front(app.Services.GetRequiredService<InMemoryConfigProvider>(), app.Services.GetRequiredService<IProxyStateLookup>());
        await new Director(options, stage, front, figures).RunAsync(new($"http://127.0.0.1:{options.Port}/"), cancellationToken);
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        figures.Tell("Ending");
    }
    catch (InvalidOperationException e)
    {
        Console.Error.WriteLine($"error: {e.Message}");
        return 1;
    }

    Console.WriteLine($"{figures.Reads:N0} answers, {figures.Failed:N0} failed; {figures.Writes:N0} labels changed, {figures.OwnWritesSeen:N0} seen at once by who changed them, {figures.SecondsUntilSeen.Count:N0} seen by others from a frame");
    foreach (var failure in figures.Failures)
        Console.WriteLine(failure);
    return figures.Failed == 0 ? 0 : 1;
}
