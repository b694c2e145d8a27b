using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Inspection;
using Stillframe.Linking;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Refreshing;

/// <summary>The frame that the last released service has now.</summary>
/// <param name="Tag">By which it was found.</param>
/// <param name="Tags">That point at it, but for those that name the data; they move to the fresh frame.</param>
/// <param name="Description">Of the release that it belongs to.</param>
public sealed record ReleasedFrame(Reference Repository, string Tag, Digest Digest, IReadOnlyList<string> Tags, ReleaseDescription Description)
{
    /// <summary>Registry, repository and tag.</summary>
    public string Place => Repository.WithTag(Tag).ToString();

    /// <summary>64 hex digits.</summary>
    public required string DataVersion { get; init; }

    /// <summary>64 hex digits, with <see cref="Structure"/>; null in a frame older than it.</summary>
    public string? SchemaVersion { get; init; }

    /// <summary>Fingerprints of what its dumps define, by their names.</summary>
    public IReadOnlyDictionary<string, string> Structure { get; init; } = new Dictionary<string, string>();

    /// <param name="repository">Its tag is not looked at.</param>
    /// <param name="tag">Of the frame; null for the one that was pushed last.</param>
    /// <exception cref="StillframeException">SF3009: there is none. SF3002 to SF3005, SF3008.</exception>
    public static async Task<ReleasedFrame> FindAsync(Reference repository, string? tag, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        using var client = new RegistryClient(repository.Registry, repository.Repository, RegistryAccess.Pull, options, reporter);
        var wanted = tag ?? FrameTags.Newest;
        if (await new RegistryFrames(client).FindAsync(wanted, cancellationToken) is not var (image, config))
            throw new StillframeException(
                ErrorCodes.ImageMissing, $"'{repository.WithTag(wanted)}' is not there: a refresh makes a frame for the service that was published last. Publish the service first, or name the tag of its frame in DatabaseRefreshTag.");
        var place = repository.WithTag(wanted).ToString();
        var map = await LinkMapLayer.ReadAsync(config, image.Layers, cancellationToken) ?? throw InspectedFrame.NotAFrame(place, "it has no link map that can be read");
        var labels = FrameLabels.Read(config.Labels) ?? throw InspectedFrame.NotAFrame(place, "its labels are not a frame's");
        string? Label(string name) => config.Labels.GetValueOrDefault(name);
        return new(repository, wanted, image.Digest, await TagsAsync(client, image.Digest, cancellationToken), new(Label(LabelNames.Version), Label(LabelNames.Revision)))
        {
            DataVersion = labels.DataVersion,
            SchemaVersion = labels.SchemaVersion,
            Structure = map.Structure ?? new Dictionary<string, string>(),
        };
    }

    /// <summary>Sees that nobody has published another one since.</summary>
    /// <exception cref="StillframeException">SF7003.</exception>
    public async Task RequireSameAsync(RegistryOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        using var client = new RegistryClient(Repository.Registry, Repository.Repository, RegistryAccess.Pull, options, reporter);
        if (await client.FindManifestAsync(Tag, cancellationToken) is var now && now != Digest)
            throw new StillframeException(
                ErrorCodes.PublishedMeanwhile, $"'{Place}' was {Digest} when this refresh began, and is {now?.ToString() ?? "gone"} now: somebody has published meanwhile. No tag was moved; refresh again.");
    }

    /// <summary>What is new, gone or changed between the two, by name.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyDictionary<string, string> released, IReadOnlyDictionary<string, string> dumped)
    {
        ArgumentNullException.ThrowIfNull(released);
        ArgumentNullException.ThrowIfNull(dumped);
        return
        [
            .. from name in released.Keys.Union(dumped.Keys).Order(StringComparer.Ordinal)
               let before = released.GetValueOrDefault(name)
               let after = dumped.GetValueOrDefault(name)
               where before != after
               select $"{name} {(before is null ? "is new" : after is null ? "is gone" : "changed")}",
        ];
    }

    static async Task<IReadOnlyList<string>> TagsAsync(RegistryClient client, Digest digest, CancellationToken cancellationToken)
    {
        var tags = client.ListTagsAsync(cancellationToken).Where(tag => !FrameTags.NamesData(tag) && tag != RepositoryLease.Tag);
        var found = await EachRequest.AskAsync(tags, async (tag, token) => (Tag: tag, Digest: await client.FindManifestAsync(tag, token)), cancellationToken);
        return [.. found.Where(one => one.Digest == digest).Select(one => one.Tag).Order(StringComparer.Ordinal)];
    }
}

/// <summary>Which release a frame belongs to, as its labels say it.</summary>
public sealed record ReleaseDescription(string? Version, string? Revision);
