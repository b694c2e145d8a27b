using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.Destinations;

/// <summary>Writes one file that <c>skopeo</c>, <c>docker load</c>, <c>podman load</c> and <c>ctr image import</c> take.</summary>
/// <param name="path">Made, or replaced as a whole.</param>
/// <param name="repository">What the image is called when it is loaded.</param>
public sealed class OciArchiveDestination(string path, Reference repository) : IDestination
{
    /// <inheritdoc/>
    public Task CheckAsync(IReadOnlyList<string> tags, SpaceNeed image, IReporter reporter, CancellationToken cancellationToken)
    {
        repository.RequireTags(tags);
        if (Directory.Exists(path))
            throw new StillframeException(ErrorCodes.WriteFailed, $"The archive '{path}' can't be written: that is a directory. Name a file, or end the path with '/' for a file in it.");
        if (WritableDirectory.WhyNot(Path.GetDirectoryName(Path.GetFullPath(path))!) is { } reason)
            throw new StillframeException(ErrorCodes.WriteFailed, $"The archive '{path}' can't be written: {reason}. Let it be written, or name another place.");
        RequireRoom(image.Least);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<Delivery> DeliverAsync(OciImage image, IReadOnlyList<string> tags, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        RequireRoom(image.Size);
        await using var file = new NewFile(path);
        await ImageArchive.WriteAsync(image, repository, tags, file, cancellationToken);
        await file.CommitAsync();
        reporter.Message(Importance.High, $"Wrote {path} ({ByteCount.Text(image.Size)}).");
        if (image.Index is not null)
            reporter.Message(Importance.High, $"The archive has images for {image.Platforms.Count} platforms, which docker's older image store can't load: 'skopeo copy --all oci-archive:FILE docker://HOST/NAME:TAG' brings all of them to a registry.");
        return Delivery.Whole(image, path, tags);
    }

    /// <summary>One that is there stays until the new one is whole.</summary>
    void RequireRoom(long bytes)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (Disk.Of(directory) is { } disk && disk.Free < bytes)
            throw new StillframeException(ErrorCodes.WriteFailed, $"There is too little room for the archive '{path}': {SpaceNeed.Text(disk.Free)} are free there, and it takes {SpaceNeed.Text(bytes)} or more. Make room, or name another place.");
    }
}
