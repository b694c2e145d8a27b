using System.Globalization;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Registries;

namespace Stillframe.Destinations;

/// <summary>Writes one file that <c>skopeo</c>, <c>docker load</c>, <c>podman load</c> and <c>ctr image import</c> take.</summary>
/// <param name="path">Made, or replaced as a whole.</param>
/// <param name="repository">What the image is called when it is loaded.</param>
public sealed class OciArchiveDestination(string path, Reference repository) : IDestination
{
    public Task CheckAsync(IReadOnlyList<string> tags, IReporter reporter, CancellationToken cancellationToken)
    {
        foreach (var tag in tags)
            _ = repository.WithTag(tag);
        if (Directory.Exists(path))
            throw new StillframeException(ErrorCodes.WriteFailed, $"The archive '{path}' can't be written: that is a directory. Name a file, or end the path with '/' for a file in it.");
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (WritableDirectory.WhyNot(directory) is { } reason)
            throw new StillframeException(ErrorCodes.WriteFailed, $"The archive '{path}' can't be written: {reason}. Let it be written, or name another place.");
        return Task.CompletedTask;
    }

    public async Task<Delivery> DeliverAsync(OciImage image, IReadOnlyList<string> tags, IReporter reporter, CancellationToken cancellationToken)
    {
        await using var file = new NewFile(path);
        await ImageArchive.WriteAsync(image, repository, tags, file, cancellationToken);
        await file.CommitAsync();
        reporter.Message(Importance.High, string.Create(CultureInfo.InvariantCulture, $"Wrote {path} ({image.Size / 1e6:0.0} MB)."));
        return new(path, image.Digest, tags, image.Blobs.Count, image.Blobs.Sum(blob => blob.Descriptor.Size), BlobsMounted: 0, BlobsSkipped: 0);
    }
}
