using System.ComponentModel;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.Destinations;

/// <summary>Loads the image into this machine's container engine; nothing is written to disk on the way.</summary>
/// <param name="program"><c>docker</c> or <c>podman</c>.</param>
/// <param name="repository">What the image is called there.</param>
public sealed class EngineDestination(string program, Reference repository) : IDestination
{
    readonly ContainerCommand command = new(program);

    /// <inheritdoc/>
    public async Task CheckAsync(IReadOnlyList<string> tags, SpaceNeed image, IReporter reporter, CancellationToken cancellationToken)
    {
        Check(tags);
        if (await command.WhyNotAsync(cancellationToken) is { } reason)
            throw new StillframeException(ErrorCodes.EngineUnavailable, $"The database image can't go to {program}: {reason}. Start it, or set DatabaseImageRegistry or DatabaseImageArchiveOutputPath.");
    }

    /// <inheritdoc/>
    public async Task<Delivery> DeliverAsync(OciImage image, IReadOnlyList<string> tags, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        Check(tags);
        var own = image.Alone;
        await RunAsync(
            ["load"],
            (input, token) => ImageArchive.WriteAsync(own, repository, tags, input, token),
            cancellationToken);

        // some engines take only the first name from an archive
        var first = repository.WithTag(tags[0]).ToString();
        foreach (var tag in tags.Skip(1))
            await RunAsync(["tag", first, repository.WithTag(tag).ToString()], input: null, cancellationToken);

        reporter.Message(Importance.High, $"Loaded {first} into {program} ({ByteCount.Text(own.Size)}).");
        if (image.Index is { Images.Count: > 1 })
            reporter.Message(Importance.High, $"{program} has the image of this machine's platform alone, {(await own.ReadConfigAsync(cancellationToken)).Platform}, of {image.Index.Images.Count}. All of them go to a registry (DatabaseImageRegistry) or into an archive (DatabaseImageArchiveOutputPath).");
        return Delivery.Whole(own, first, tags) with { Digest = image.Digest };
    }

    /// <summary>
    /// Gives the engine an archive without layers that it has already. Docker's own store does without them; others refuse such an archive.
    /// </summary>
    internal async Task<bool> TryDeliverAsync(OciImage image, IReadOnlyList<Blob> present, string tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        image = image.Alone;
        var there = present.Select(blob => blob.Descriptor.Digest).ToHashSet();
        try
        {
            await RunAsync(["load"], (input, token) => ImageArchive.WriteAsync(image, repository, [tag], input, token, blob => there.Contains(blob.Descriptor.Digest)), cancellationToken);
            return true;
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.EngineLoadFailed)
        {
            return false;
        }
    }

    void Check(IReadOnlyList<string> tags)
    {
        if (tags.Count == 0)
            throw new StillframeException(ErrorCodes.ReferenceInvalid, $"{program} needs a tag for '{repository.Name}'. Set DatabaseImageTags.");
        repository.RequireTags(tags);
    }

    async Task RunAsync(string[] arguments, Func<Stream, CancellationToken, Task>? input, CancellationToken cancellationToken)
    {
        try
        {
            await command.RequireAsync(arguments, failed => Failed(arguments, failed.AllOutput, null), cancellationToken, new() { Input = input });
        }
        catch (StillframeException e) when (e.InnerException is Win32Exception cause)
        {
            throw Failed(arguments, cause.Message, cause);
        }
    }

    StillframeException Failed(string[] arguments, string message, Exception? inner) =>
        new(ErrorCodes.EngineLoadFailed, $"'{program} {string.Join(' ', arguments)}' failed: {message.TrimEnd('.')}. See that {program} runs and has room for the image.", innerException: inner);
}
