using Stillframe.Destinations;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.Serving;

/// <summary>Frames in a container engine.</summary>
sealed class EngineFrames(ContainerCommand command, IReporter reporter)
{
    static readonly Reference Repository = Reference.Parse($"localhost/{Product.Name}/test");

    /// <summary>An image that the engine has, or pulls.</summary>
    /// <returns>Its labels: data version, and version of the server.</returns>
    /// <exception cref="StillframeException">SF3009, SF3008.</exception>
    public async Task<(string DataVersion, string ServerVersion)> RequireAsync(string name, CancellationToken cancellationToken)
    {
        if (await LabelsAsync(name, cancellationToken) is not { } labels)
        {
            reporter.Message(Importance.High, $"Pulling {name}");
            await command.RequireAsync(
                ["pull", name],
                failed => new(ErrorCodes.ImageMissing, $"The frame '{name}' is not in {command.Program}, which can't pull it either: {failed.AllOutput}. Publish the frame, or name it as '{command.Program} images' lists it."),
                cancellationToken);
            labels = await LabelsAsync(name, cancellationToken) ?? ("", "");
        }

        return labels.DataVersion.Length > 0 ? labels : throw new StillframeException(ErrorCodes.NotAFrame, $"'{name}' is not a frame: it has no label '{LabelNames.DataVersion}'. Name the image that ends in '-db', not the service's.");
    }

    /// <summary>The name of an image in the engine, which is given it if it has it under no name. It stays there for the next run.</summary>
    /// <exception cref="StillframeException">SF3006; whatever opening a blob throws.</exception>
    public async Task<string> GetAsync(OciImage image, CancellationToken cancellationToken)
    {
        // an image's id is the digest of its configuration, or in newer stores that of its manifest
        foreach (var id in new[] { image.Config.Descriptor.Digest, image.Manifest.Descriptor.Digest })
        {
            if (await LabelsAsync(id.ToString(), cancellationToken) is not null)
                return id.ToString();
        }

        var name = Repository.WithTag(image.Digest.Hex[..12]);
        if (await LabelsAsync(name.ToString(), cancellationToken) is null)
            await new EngineDestination(command.Program, Repository).DeliverAsync(image.Alone, [name.Tag!], reporter, cancellationToken);
        return name.ToString();
    }

    /// <returns>Empty where the image has none; null where there is no image.</returns>
    async Task<(string DataVersion, string ServerVersion)?> LabelsAsync(string image, CancellationToken cancellationToken)
    {
        static string Label(string name) => $"{{{{with .Config.Labels}}}}{{{{index . \"{name}\"}}}}{{{{end}}}}";
        var result = await command.RunAsync(["image", "inspect", "--format", $"{Label(LabelNames.DataVersion)}/{Label(LabelNames.ServerVersion)}", image], cancellationToken);
        return result.ExitCode == 0 && result.Output.Trim().Split('/', 2) is [var data, var server] ? (data, server) : null;
    }
}
