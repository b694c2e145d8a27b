using Stillframe.Rollouts;

namespace Demo;

/// <summary>A service and the frame it was published with, or refreshed to, each by its digest.</summary>
sealed record Pair(string Service, string Frame)
{
    /// <summary>What a publish or a refresh has written.</summary>
    public static async Task<Pair> ReadAsync(string deployDirectory, CancellationToken cancellationToken)
    {
        var pair = await ImagePair.ReadAsync(Path.Combine(deployDirectory, DeployDirectory.Images), cancellationToken);
        return new(pair.Service, pair.Frame);
    }

    public string Text => $"service {Short(Service)} with frame {Short(Frame)}";

    static string Short(string image) => image[(image.IndexOf("sha256:", StringComparison.Ordinal) + 7)..][..12];
}
