using Stillframe.Rollouts;

namespace Stillframe.Tests.Rollouts;

public sealed class ADeployDirectory : IDisposable
{
    static readonly string service = $"HOST/team/shop@sha256:{new string('a', 64)}", frame = $"HOST/team/shop-db@sha256:{new string('b', 64)}";

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    [Fact]
    public async Task Has_nothing_written_while_one_image_was_not_published()
    {
        Write("images.env", $"SERVICE_IMAGE={service}\n");

        Assert.Empty(await WriteAsync());
        Assert.Equal(["images.env"], Directory.EnumerateFileSystemEntries(directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Gets_the_pair_each_time_and_starting_points_once()
    {
        Write("images.env", $"SERVICE_IMAGE={service}\nDATABASE_IMAGE={frame}\n");
        Write("stack.yaml", "mine");

        var made = await WriteAsync();
        Write("compose.yaml", "changed");
        Write("images.env", $"SERVICE_IMAGE={service}\nDATABASE_IMAGE={frame.Replace('b', 'c')}\n");
        var again = await WriteAsync();

        Assert.Equal(["argocd.yaml", "compose.yaml", "flux.yaml", "kubernetes/deployment.yaml", "kubernetes/image-volume.yaml", "kubernetes/kustomization.yaml"], made.Order(StringComparer.Ordinal));
        Assert.Empty(again);
        Assert.Equal(("mine", "changed"), (Read("stack.yaml"), Read("compose.yaml")));
        Assert.Contains($"newName: HOST/team/shop\n  digest: sha256:{new string('a', 64)}\n", Read("images/kustomization.yaml"), StringComparison.Ordinal);
        Assert.Contains($"digest: sha256:{new string('c', 64)}\n", Read("images/kustomization.yaml"), StringComparison.Ordinal);
        Assert.Contains("name: shop\n", Read("kubernetes/deployment.yaml"), StringComparison.Ordinal);
        Assert.All(made, name => Assert.DoesNotContain("{name}", Read(name), StringComparison.Ordinal));
        Assert.All(made, name => Assert.DoesNotContain("{user}", Read(name), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SERVICE_IMAGE=HOST/shop:1.2\nDATABASE_IMAGE=HOST/shop-db@sha256:00\n", "HOST/shop:1.2")]
    [InlineData("DATABASE_IMAGE=x\n", "SERVICE_IMAGE=…")]
    [InlineData(null, "is not there")]
    public async Task Without_a_pair_by_digest_is_refused(string? text, string what)
    {
        if (text is not null)
            Write("images.env", text);

        var failure = await Assert.ThrowsAsync<StillframeException>(() => Rollout.RunAsync(new(directory.Path, OrchestratorKind.Swarm, "shop"), SilentReporter.Instance, default));

        Assert.Equal(ErrorCodes.RolloutFilesMissing, failure.Code);
        Assert.Contains(what, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();

    Task<IReadOnlyList<string>> WriteAsync() => new DeployDirectory(directory.Path).WriteAsync("team/shop", "/app/Shop", "reader", default);

    void Write(string name, string text) => File.WriteAllText(Path.Combine(directory.Path, name), text);

    string Read(string name) => File.ReadAllText(Path.Combine(directory.Path, name));
}
