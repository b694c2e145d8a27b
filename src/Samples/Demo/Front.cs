using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;

namespace Demo;

/// <summary>What users reach: it passes requests on to the replicas that are there, and none is lost while they are exchanged.</summary>
sealed class Front(InMemoryConfigProvider provider, IProxyStateLookup states)
{
    const string Cluster = "labels";

    public static readonly RouteConfig[] Routes = [new() { RouteId = Cluster, ClusterId = Cluster, Match = new() { Path = "{**path}" }, Order = 1 }];

    readonly Lock changing = new();
    readonly SortedDictionary<string, string> addresses = new(StringComparer.Ordinal);

    /// <summary>From now on a replica gets its share of requests.</summary>
    public void Add(string name, string address) => Change(() => addresses[name] = address);

    /// <summary>A replica gets no new requests; returns when those that it has are answered.</summary>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        states.TryGetCluster(Cluster, out var cluster);
        var removed = cluster?.Destinations.GetValueOrDefault(name);
        Change(() => addresses.Remove(name));
        while (removed?.ConcurrentRequestCount > 0)
            await Task.Delay(20, cancellationToken);
    }

    void Change(Action change)
    {
        lock (changing)
        {
            change();
            provider.Update(Routes, [Config()]);
        }
    }

    ClusterConfig Config() => new()
    {
        ClusterId = Cluster,
        LoadBalancingPolicy = "RoundRobin",
        Destinations = addresses.ToDictionary(pair => pair.Key, pair => new DestinationConfig { Address = pair.Value }),
    };
}
