using System.Globalization;
using Stillframe.Engines;
using Stillframe.Processes;

namespace Demo;

/// <summary>Where containers run: a network of the engine's. Everything on it, and everything pulled for it, goes at its disposal or when this process is killed.</summary>
sealed class Stage : IAsyncDisposable
{
    const string Label = "io.stillframe.demo";

    /// <summary>Containers first: what they use can't be removed while they are there.</summary>
    const string Remove = """
        docker ps --all --quiet --filter label="$1" | xargs --no-run-if-empty docker rm --force --volumes
        docker network rm "$2"
        for repository in labels labels-db; do docker images --quiet --no-trunc "$3/$repository" | sort -u | xargs --no-run-if-empty docker rmi --force; done
        """;

    readonly CleanupCommand remove;

    Stage(string name, CleanupCommand remove) => (Name, this.remove) = (name, remove);

    public static ContainerCommand Docker => ContainerCommand.Docker;

    /// <summary>Also the network's.</summary>
    public string Name { get; }

    /// <param name="registry">What was pulled from there goes, too.</param>
    public static async Task<Stage> OpenAsync(string registry, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"stillframe-demo-{Environment.ProcessId}");
        var stage = new Stage(name, CleanupCommand.Write(["/bin/sh", "-c", Remove, "sh", $"{Label}={name}", name, registry]));
        try
        {
            await Docker.ReadAsync(["network", "create", name], cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>What each container has: nothing that it does not need.</summary>
    /// <param name="container">Its name.</param>
    public IReadOnlyList<string> Options(string container) =>
        ["--name", $"{Name}-{container}", "--label", $"{Label}={Name}", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"];

    public string NameOf(string container) => $"{Name}-{container}";

    /// <summary>Where this machine reaches a published port.</summary>
    public async Task<int> PortAsync(string container, int port, CancellationToken cancellationToken)
    {
        var address = await Docker.ReadAsync(["port", NameOf(container), string.Create(CultureInfo.InvariantCulture, $"{port}/tcp")], cancellationToken);
        return int.Parse(address.Split('\n')[0].Split(':')[^1], CultureInfo.InvariantCulture);
    }

    public async Task RemoveAsync(params string[] containers) =>
        await Docker.RunAsync(["rm", "--force", "--volumes", .. containers.Select(NameOf)], CancellationToken.None);

    public ValueTask DisposeAsync() => remove.DisposeAsync();
}
