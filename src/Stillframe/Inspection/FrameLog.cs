using System.Globalization;
using Stillframe.Frames;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Inspection;

/// <summary>A frame of a repository.</summary>
/// <param name="Tags">That point at it, in byte order.</param>
/// <param name="Layers">Lowest first.</param>
/// <param name="Size">Compressed bytes of all blobs and the manifest.</param>
public sealed record LoggedFrame(Digest Digest, IReadOnlyList<string> Tags, FrameLabels Labels, [property: System.Text.Json.Serialization.JsonIgnore] IReadOnlyList<Descriptor> Layers, long Size)
{
    /// <summary>Compressed bytes of layers that the next older frame of the list has not; null for the oldest.</summary>
    public long? New { get; init; }
}

/// <summary>The frames of a repository, newest first.</summary>
/// <param name="Tags">How many tags were looked at.</param>
/// <param name="Complete">False where the repository has more of them.</param>
public sealed record FrameLog(string Repository, IReadOnlyList<LoggedFrame> Frames, int Tags, bool Complete)
{
    /// <summary>Tags looked at, at most, <see cref="FrameTags.Newest"/> among them; a registry gives them in the order of their names, not of their age.</summary>
    internal const int MostTags = 200;

    /// <param name="repository">Its tag is not looked at.</param>
    /// <exception cref="StillframeException">SF3002 to SF3005, SF3009.</exception>
    public static async Task<FrameLog> ReadAsync(Reference repository, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken, int mostTags = MostTags)
    {
        ArgumentNullException.ThrowIfNull(repository);
        using var client = new RegistryClient(repository.Registry, repository.Repository, RegistryAccess.Pull, options, reporter);
        var tags = await client.ListTagsAsync(cancellationToken).Take(mostTags + 1).ToListAsync(cancellationToken);
        var complete = tags.Count <= mostTags;
        if (!complete)
            tags = [FrameTags.Newest, .. tags.Where(tag => tag != FrameTags.Newest)]; // whichever are left out, not the newest frame
        var digests = await EachRequest.AskAsync(tags.Take(mostTags).ToAsyncEnumerable(), async (tag, token) => (tag, await client.FindManifestAsync(tag, token)), cancellationToken);
        var frames = await EachRequest.AskAsync(TagsOf(digests).ToAsyncEnumerable(), (image, token) => FindAsync(client, image.Digest, image.Tags, token), cancellationToken);
        return new(repository.Name, Sorted(frames.OfType<LoggedFrame>()), Math.Min(tags.Count, mostTags), complete);
    }

    /// <summary>Each image once, with all its tags.</summary>
    /// <param name="tags">With what they point at; null for one that is gone meanwhile.</param>
    internal static IReadOnlyList<(Digest Digest, IReadOnlyList<string> Tags)> TagsOf(IEnumerable<(string Tag, Digest? Digest)> tags) =>
        [.. from tag in tags
            where tag.Digest is not null
            group tag.Tag by tag.Digest into image
            select (image.Key, (IReadOnlyList<string>)[.. image.Order(StringComparer.Ordinal)])];

    /// <summary>
    /// Newest first; frames of dumps that tell no time come last. Where times are equal or there are none the frames' version tags tell, and in the end the digest,
    /// so that a log is the same each time.
    /// </summary>
    internal static IReadOnlyList<LoggedFrame> Sorted(IEnumerable<LoggedFrame> frames)
    {
        var sorted = frames.OrderByDescending(frame => frame.Labels.Time ?? DateTimeOffset.MinValue)
            .ThenByDescending(frame => frame.Tags, Comparer<IReadOnlyList<string>>.Create(TagOrder.Compare))
            .ThenBy(frame => frame.Digest.Hex, StringComparer.Ordinal)
            .ToList();
        return [.. sorted.Select((frame, i) => frame with { New = i + 1 < sorted.Count ? PullSize.Of(frame.Layers, sorted[i + 1].Layers).Bytes : null })];
    }

    /// <summary>For people.</summary>
    /// <param name="now">For the ages.</param>
    public IEnumerable<string> Lines(DateTimeOffset now)
    {
        var table = new TextTable("data version", "time", "<age", "host", "position", "<size", "<new", "tags");
        foreach (var (frame, labels) in Frames.Select(frame => (frame, frame.Labels)))
        {
            table.Add(
                labels.DataVersion[..Math.Min(12, labels.DataVersion.Length)],
                labels.Time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-",
                labels.Time is { } time ? AgeText.Of(now - time) : "-",
                labels.Source.Host ?? "-",
                labels.Position ?? "-",
                ByteCount.Text(frame.Size),
                frame.New is { } bytes ? ByteCount.Text(bytes) : "-",
                string.Join(' ', frame.Tags));
        }

        var listed = Frames.Count == 0 ? [] : table.Lines().Append("").Append("'new' is what the frame below has not.");
        return listed.Append(
            $"{Repository}: {Frames.Count} {(Frames.Count == 1 ? "frame" : "frames")} under {Tags} {(Tags == 1 ? "tag" : "tags")}{(Complete ? "" : $"; it has more tags, which were not looked at, and may have newer frames than all but that of '{FrameTags.Newest}'")}.");
    }

    static async Task<LoggedFrame?> FindAsync(RegistryClient client, Digest digest, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        try
        {
            return await new RegistryFrames(client).FindAsync(digest.ToString(), cancellationToken) is var (image, config) && FrameLabels.Read(config.Labels) is { } labels
                ? new(digest, tags, labels, [.. image.Layers.Select(layer => layer.Descriptor)], image.Size)
                : null;
        }
        catch (StillframeException e) when (e.Code is ErrorCodes.NotAFrame or ErrorCodes.LayoutInvalid)
        {
            return null; // something else is in the repository, too
        }
    }
}
