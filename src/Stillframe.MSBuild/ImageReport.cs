using Stillframe.Frames;
using Stillframe.Loading;

namespace Stillframe.MSBuild;

/// <summary>What <c>database-image.json</c> says: what was delivered, and where. It holds no path of this machine and no time: the service's image holds it.</summary>
sealed record ImageReport
{
    /// <summary>How to get it: <c>registry/repository@sha256:…</c>, a tag of the local engine, or the name of an archive.</summary>
    public required string Reference { get; init; }

    public required string Repository { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Of the image's manifest.</summary>
    public required string Digest { get; init; }

    /// <summary>64 hex digits.</summary>
    public required string DataVersion { get; init; }

    /// <summary>Bytes of all blobs, compressed.</summary>
    public required long Size { get; init; }

    public required string Server { get; init; }

    public required string BaseImage { get; init; }

    public required IReadOnlyList<FrameTable> Tables { get; init; }

    /// <summary>Backups that the frame was made from, by digest; null where its dumps were files.</summary>
    public IReadOnlyList<string>? DumpReferences { get; init; }

    public static ImageReport Of(FrameBuild build, string repository, IReadOnlyList<string> tags, string reference) => new()
    {
        Reference = reference,
        Repository = repository,
        Tags = tags,
        Digest = build.Digest,
        DataVersion = build.DataVersion,
        Size = build.Size,
        Server = build.Server,
        BaseImage = build.BaseImage,
        Tables = build.Tables,
    };

    /// <summary>Repository and digest in a form that survives the SDK's handling of labels, which cuts them at a colon.</summary>
    public string Pin => $"{Repository}@{Digest.Replace(':', '-')}";
}
