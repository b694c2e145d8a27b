using System.Globalization;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Rollouts;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Rollouts;

/// <summary>On one machine: other data, a pair that is never well, and back.</summary>
[Collection("composed")]
public sealed class RolloutsByCompose(ITestOutputHelper output) : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Docker, Need.Registry, Need.Compose)]
    public async Task Replace_the_pair_and_go_back_where_the_new_one_is_not_well()
    {
        var rolling = new RollingOut(directory.Path, OrchestratorKind.Compose, new Dictionary<string, string?> { ["PORT"] = Ports.Free().ToString(CultureInfo.InvariantCulture) }, output)
        {
            Name = $"project-{Guid.NewGuid():n}",
        };
        var releases = await rolling.StartAsync();
        var (good, other) = (releases.First, releases.Refreshed);
        try
        {
            await rolling.ToAsync(good);
            await rolling.ToAsync(other);
            await AssertRunsAsync(other);
            Assert.Contains("error SF8002", await rolling.ToAsync(new(good.Frame, good.Frame), fails: true), StringComparison.Ordinal);
            await AssertRunsAsync(other);
            await rolling.RunAsync("rollback");
            await AssertRunsAsync(good);
        }
        finally
        {
            await TakeDownAsync(rolling.Name);
            await EngineImages.RemoveAsync($"{releases.Registry.Host}/*");
        }

        async Task AssertRunsAsync(ImagePair pair) => Assert.Contains($"gazetteer-db@{pair.FrameId}", await rolling.RunAsync("status"), StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();

    static async Task TakeDownAsync(string project)
    {
        foreach (var (kind, remove) in ((string, string[])[])[("container", ["--force", "--volumes"]), ("network", [])])
        {
            string[] all = kind == "container" ? ["--all"] : [];
            var ids = await Command.SucceedAsync("docker", [kind, "ls", "--quiet", .. all, "--filter", $"label=com.docker.compose.project={project}"]);
            if (ids.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } there)
                await Command.SucceedAsync("docker", [kind, "rm", .. remove, .. there]);
        }
    }
}
