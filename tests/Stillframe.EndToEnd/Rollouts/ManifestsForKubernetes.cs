using k8s;
using k8s.Models;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Rollouts;

namespace Stillframe.EndToEnd.Rollouts;

/// <summary>A deploy directory's starting points, read by models that are generated from Kubernetes' own schemas, and put together by kubectl's kustomize.</summary>
public sealed class ManifestsForKubernetes : IDisposable
{
    static readonly string service = $"HOST/team/shop@sha256:{new string('a', 64)}", frame = $"HOST/team/shop-db@sha256:{new string('b', 64)}";

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    [Fact]
    public async Task Have_no_field_that_Kubernetes_does_not_know()
    {
        await WriteAsync(service, frame);
        foreach (var name in (string[])["deployment.yaml", "image-volume.yaml"])
        {
            var text = await File.ReadAllTextAsync(Path.Combine(directory.Path, "kubernetes", name));

            Assert.Contains(KubernetesYaml.LoadAllFromString(text, strict: true), read => read is V1Deployment);
            // the reader does refuse what is not in the schema
            Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString(text.Replace("template:", "pattern:", StringComparison.Ordinal), strict: true));
        }
    }

    [NeedsFact(Need.Kustomize)]
    public async Task Get_both_images_of_the_pair_by_digest_and_those_of_the_next_one()
    {
        await WriteAsync(service, frame);
        await AssertPodAsync();

        var next = frame.Replace('b', 'c');
        await WriteAsync(service, next);
        await AssertPodAsync(next);
    }

    public void Dispose() => directory.Dispose();

    async Task WriteAsync(string ofService, string ofFrame)
    {
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "images.env"), $"SERVICE_IMAGE={ofService}\nDATABASE_IMAGE={ofFrame}\n");
        await new DeployDirectory(directory.Path).WriteAsync("team/shop", "/app/Shop", "reader", default);
    }

    async Task AssertPodAsync(string? expected = null)
    {
        var text = await Command.SucceedAsync("kubectl", ["kustomize", Path.Combine(directory.Path, "kubernetes")]);
        var deployment = KubernetesYaml.LoadAllFromString(text, strict: true).OfType<V1Deployment>().Single();
        var pod = deployment.Spec.Template.Spec;
        Assert.Equal([service], pod.Containers.Select(container => container.Image));
        Assert.Equal([expected ?? frame], pod.InitContainers.Select(container => container.Image));
        // a sidecar: it starts before the service, and runs as long
        Assert.Equal("Always", pod.InitContainers[0].RestartPolicy);
        Assert.All(pod.Containers.Concat(pod.InitContainers), container =>
        {
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        });
        Assert.Equal(("1", "0"), (deployment.Spec.Strategy.RollingUpdate.MaxSurge.Value, deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value));
    }
}
