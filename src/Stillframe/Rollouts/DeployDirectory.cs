using System.Reflection;
using System.Text;

namespace Stillframe.Rollouts;

/// <summary>
/// What a project has for its roll-out. Two files say which images belong together, for whoever reads one file, and are written by each publish and refresh; the others are starting points, which are
/// made once and then the user's.
/// </summary>
/// <param name="path">The directory.</param>
public sealed class DeployDirectory(string path)
{
    /// <summary>In the directory, with <c>/</c>.</summary>
    public const string Images = "images.env", Component = "images/kustomization.yaml", Previous = "previous.env", Compose = "compose.yaml", Stack = "stack.yaml", Kubernetes = "kubernetes";

    static readonly string[] starting =
        [Compose, Stack, "kubernetes/deployment.yaml", "kubernetes/kustomization.yaml", "kubernetes/image-volume.yaml", "argocd.yaml", "flux.yaml"];

    /// <summary>Full path of one of its files.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(System.IO.Path.GetFullPath(path), name);

    /// <summary>Writes the pair that <see cref="Images"/> has as a component of kustomize, and makes those starting points that are not there. Nothing, while one of both images was not published.</summary>
    /// <param name="service">Its repository, which gives it its name.</param>
    /// <param name="program">The service's program in its image, such as <c>/app/Shop</c>.</param>
    /// <param name="user">The frame's reader account.</param>
    /// <returns>Starting points that were made.</returns>
    /// <exception cref="StillframeException">SF3001, SF8001.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(string service, string program, string user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (!File.Exists(PathOf(Images)))
            return [];
        var images = await File.ReadAllTextAsync(PathOf(Images), cancellationToken);
        if (!images.Contains(ImagePair.ServiceVariable + "=", StringComparison.Ordinal) || !images.Contains(ImagePair.FrameVariable + "=", StringComparison.Ordinal))
            return [];
        await WriteComponentAsync(await ImagePair.ReadAsync(PathOf(Images), cancellationToken), cancellationToken);
        var made = new List<string>();
        foreach (var name in starting.Where(name => !File.Exists(PathOf(name))))
        {
            await WriteAsync(
                name,
                (await TemplateAsync(name, cancellationToken))
                    .Replace("{name}", NameOf(service), StringComparison.Ordinal).Replace("{program}", program, StringComparison.Ordinal).Replace("{user}", user, StringComparison.Ordinal),
                cancellationToken);
            made.Add(name);
        }

        return made;
    }

    /// <summary>One of the user's files.</summary>
    /// <exception cref="StillframeException">SF8001.</exception>
    internal async Task<string> ReadAsync(string name, CancellationToken cancellationToken) => File.Exists(PathOf(name))
        ? await File.ReadAllTextAsync(PathOf(name), cancellationToken)
        : throw new StillframeException(
            ErrorCodes.RolloutFilesMissing, $"'{PathOf(name)}' is not there, which says what is rolled out. A publish with DatabaseDeployDirectory makes one to begin with.", new(PathOf(name)));

    /// <summary>What was there before the last roll-out.</summary>
    internal Task WritePreviousAsync(ImagePair pair, CancellationToken cancellationToken) => WriteAsync(Previous, $"# What ran before the last roll-out: 'rollback' goes there.\n{pair.ToText()}", cancellationToken);

    internal Task WriteComponentAsync(ImagePair pair, CancellationToken cancellationToken)
    {
        var (service, frame) = (ImagePair.Parts(pair.Service), ImagePair.Parts(pair.Frame));
        return WriteAsync(
            Component,
            $"""
            # Which images belong together; written by each publish and refresh.
            apiVersion: kustomize.config.k8s.io/v1alpha1
            kind: Component
            images:
            - name: service
              newName: {service.Repository}
              digest: {service.Digest}
            - name: frame
              newName: {frame.Repository}
              digest: {frame.Digest}

            """,
            cancellationToken);
    }

    async Task WriteAsync(string name, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(name))!);
        await using var file = new NewFile(PathOf(name));
        await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await file.CommitAsync();
    }

    /// <summary>What an orchestrator takes as a name, of a repository such as <c>team/shop</c>.</summary>
    static string NameOf(string repository) => string.Concat(repository[(repository.LastIndexOf('/') + 1)..].Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');

    static async Task<string> TemplateAsync(string name, CancellationToken cancellationToken)
    {
        await using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Stillframe.Rollouts.{name.Replace('/', '.')}")!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
