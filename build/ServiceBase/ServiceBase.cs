using System.Runtime.InteropServices;
using Stillframe.Consoles;

/// <summary>What the service's image is built on during a publish.</summary>
/// <param name="Arguments">For <c>dotnet publish</c>.</param>
/// <param name="Registry">A registry on this machine that serves the base image until the disposal; null for others.</param>
sealed record ServiceBase(string Arguments, string? Registry, LayoutRegistry? Server) : IAsyncDisposable
{
    /// <summary>Bases other than the SDK's choice need not have .NET.</summary>
    public static string SelfContained(string? reference) =>
        reference == "default" ? "" : $"-r linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()} --self-contained";

    /// <param name="reference">An image reference, <c>default</c> for the SDK's choice, or null for one that is made here.</param>
    public static async Task<ServiceBase> ProvideAsync(string? reference, CancellationToken cancellationToken)
    {
        if (reference == "default")
            return new("", null, null);
        if (reference is not null)
            return new($"{SelfContained(reference)} -p:ContainerBaseImage={reference}", null, null);

        var layout = await new DistributionImage(new ConsoleReporter(Console.Out)).GetAsync(cancellationToken);
        var server = await LayoutRegistry.StartAsync(layout, cancellationToken);
        return new($"{SelfContained(reference)} -p:ContainerBaseImage={server.Host}/{DistributionImage.Repository}:{DistributionImage.Version}", server.Host, server);
    }

    /// <summary>Environment variables that let the SDK speak plain HTTP to registries of this machine.</summary>
    public static Dictionary<string, string?> Insecure(params string?[] registries)
    {
        const string variable = "DOTNET_CONTAINER_INSECURE_REGISTRIES";
        var names = registries.Where(IsLoopback).Prepend(Environment.GetEnvironmentVariable(variable)).Where(name => !string.IsNullOrEmpty(name)).ToList();
        return names.Count == 0 ? [] : new() { [variable] = string.Join(';', names) };
    }

    static bool IsLoopback(string? registry) =>
        registry is not null && Uri.TryCreate($"http://{registry}", UriKind.Absolute, out var address) && address.IsLoopback;

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
