using Stillframe.Oci;

namespace Stillframe.Rollouts;

/// <summary>A service and the frame that it reads, each by its digest: what is rolled out together.</summary>
/// <param name="Service">Such as <c>HOST/shop@sha256:…</c>.</param>
/// <param name="Frame">Such as <c>HOST/shop-db@sha256:…</c>.</param>
public sealed record ImagePair(string Service, string Frame)
{
    /// <summary>Names of the lines in <c>images.env</c>, and of variables in what is rolled out.</summary>
    public const string ServiceVariable = "SERVICE_IMAGE", FrameVariable = "DATABASE_IMAGE", IdVariable = "FRAME";

    /// <summary>Labels of a service's containers: what they were rolled out with.</summary>
    internal const string ServiceLabel = "io.stillframe.service-image", FrameLabel = "io.stillframe.frame-image";

    const int IdLength = 12;

    /// <summary>Names this very frame where several are there at a time: the first 12 hex digits of its digest.</summary>
    public string FrameId => DigestOf(Frame)!.Hex[..IdLength];

    internal string ServiceId => DigestOf(Service)!.Hex[..IdLength];

    /// <summary>For people.</summary>
    public override string ToString() => $"{Service} on {Frame}";

    /// <param name="path">A file of lines <c>NAME=value</c>.</param>
    /// <exception cref="StillframeException">SF8001: it is not there, or does not name both by digest.</exception>
    public static async Task<ImagePair> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new StillframeException(
                ErrorCodes.RolloutFilesMissing, $"'{path}' is not there, which says what images belong together. Publish service and frame to a registry with DatabaseDeployDirectory, which writes it.", new(path));
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in await File.ReadAllLinesAsync(path, cancellationToken))
            if (line.Split('=', 2) is [var name, var value])
                values[name.Trim()] = value.Trim();
        return new(Image(ServiceVariable), Image(FrameVariable));

        string Image(string name) => values.GetValueOrDefault(name) is { } image && DigestOf(image) is not null
            ? image
            : throw new StillframeException(
                ErrorCodes.RolloutFilesMissing, $"'{path}' has no line {name}=… with an image by its digest (HOST/NAME@sha256:…){(values.TryGetValue(name, out var there) ? $", but '{there}'" : "")}. Publish both images to a registry, which writes it.", new(path));
    }

    /// <summary>As <see cref="ReadAsync"/> takes it.</summary>
    public string ToText() => $"{ServiceVariable}={Service}\n{FrameVariable}={Frame}\n";

    /// <summary>Repository and digest of an image that is named by it.</summary>
    internal static (string Repository, string Digest) Parts(string image) => (image[..image.IndexOf('@', StringComparison.Ordinal)], image[(image.IndexOf('@', StringComparison.Ordinal) + 1)..]);

    static Digest? DigestOf(string image) => image.Split('@') is [{ Length: > 0 }, var digest] && Digest.TryParse(digest, out var parsed) ? parsed : null;
}
