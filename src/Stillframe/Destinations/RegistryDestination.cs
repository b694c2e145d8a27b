using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Destinations;

/// <summary>
/// Pushes to a registry: blobs, manifests by their digests, the index that names several, tags last. OCI distribution specification, "Push". A push that
/// fails has set no tag.
/// </summary>
/// <param name="repository">Registry and repository; its tag is not looked at.</param>
/// <param name="movingTag">A tag more, such as <see cref="FrameTags.Newest"/>, without which the push has not failed: a registry may forbid that tags move.</param>
public sealed class RegistryDestination(Reference repository, RegistryOptions options, string? movingTag = null) : IDestination
{
    /// <inheritdoc/>
    public async Task CheckAsync(IReadOnlyList<string> tags, SpaceNeed image, IReporter reporter, CancellationToken cancellationToken)
    {
        using var client = Client(tags, reporter);
        await client.CheckPushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Delivery> DeliverAsync(OciImage image, IReadOnlyList<string> tags, IReporter reporter, CancellationToken cancellationToken)
    {
        using var client = Client(tags, reporter);

        var progress = new PushProgress(image.Blobs, reporter);
        // a registry takes a manifest only after everything it names
        if (await client.FindManifestAsync(image.Digest.ToString(), cancellationToken) is null)
        {
            await PushBlobsAsync(client, image, progress, cancellationToken);
            foreach (var manifest in image.Manifests)
                await PutAsync(client, manifest.Descriptor.Digest.ToString(), manifest, cancellationToken);
        }
        else
        {
            progress.SkippedAll();
        }

        foreach (var tag in tags)
        {
            await PutAsync(client, tag, image.Top, cancellationToken);
            reporter.Message(Importance.Normal, $"Set tag {repository.WithTag(tag)}.");
        }

        await MoveTagAsync(client, image, reporter, cancellationToken);
        var reference = repository.WithDigest(image.Digest).ToString();
        reporter.Message(
            Importance.High,
            $"Pushed {reference}: {progress.Sent} blobs sent ({ByteCount.Text(progress.BytesSent)}), {progress.Mounted} mounted, {progress.Skipped} there already.");
        return new()
        {
            Reference = reference,
            Digest = image.Digest,
            Tags = tags,
            BlobsSent = progress.Sent,
            BytesSent = progress.BytesSent,
            BlobsMounted = progress.Mounted,
            BlobsSkipped = progress.Skipped,
        };
    }

    RegistryClient Client(IReadOnlyList<string> tags, IReporter reporter)
    {
        repository.RequireTags(tags);
        return new(repository.Registry, repository.Repository, RegistryAccess.Push, options, reporter);
    }

    async Task MoveTagAsync(RegistryClient client, OciImage image, IReporter reporter, CancellationToken cancellationToken)
    {
        if (movingTag is null)
            return;
        try
        {
            await PutAsync(client, movingTag, image.Top, cancellationToken);
        }
        catch (StillframeException e) when (e.Code is ErrorCodes.RegistryFailed or ErrorCodes.RegistryDenied)
        {
            reporter.Message(Importance.Normal, $"The tag '{movingTag}' is not set, so the next build looks for this frame under other tags. {e.Message}");
        }
    }

    async Task PushBlobsAsync(RegistryClient client, OciImage image, PushProgress progress, CancellationToken cancellationToken)
    {
        // big ones first: the last one to finish is then a small one
        var blobs = image.Blobs.OrderByDescending(blob => blob.Descriptor.Size);
        var settings = new ParallelOptions { MaxDegreeOfParallelism = options.ParallelUploads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(blobs, settings, async (blob, token) =>
        {
            if (await client.HasBlobAsync(blob.Descriptor.Digest, token))
            {
                progress.AddSkipped(blob);
                return;
            }

            string? location = null;
            if (blob.Origin is { } origin && origin.Registry == client.Registry && origin.Repository != client.Repository)
            {
                location = await client.MountAsync(blob.Descriptor.Digest, origin.Repository, token);
                if (location is null)
                {
                    progress.AddMounted(blob);
                    return;
                }
            }

            await client.UploadAsync(blob, string.IsNullOrEmpty(location) ? null : location, progress.Moved, token);
            progress.AddSent(blob);
        });
    }

    /// <param name="name">Tag or digest.</param>
    static async Task PutAsync(RegistryClient client, string name, Blob manifest, CancellationToken cancellationToken)
    {
        await using var stream = await manifest.Open(cancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        await client.PutManifestAsync(name, manifest.Descriptor.MediaType, bytes.ToArray(), cancellationToken);
    }
}
