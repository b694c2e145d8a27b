using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Loading;
using Stillframe.Oci;

namespace Stillframe.MSBuild;

/// <summary>What <c>database-image.json</c> says: what was delivered, and where. It holds no path of this machine and no time: the service's image holds it.</summary>
/// <param name="Reference">How to get it: <c>registry/repository@sha256:…</c>, a tag of the local engine, or the name of an archive.</param>
/// <param name="Digest">Of the image's manifest.</param>
/// <param name="DataVersion">64 hex digits.</param>
/// <param name="Size">Bytes of all blobs, compressed.</param>
sealed record ImageReport(
    string Reference,
    string Repository,
    IReadOnlyList<string> Tags,
    string Digest,
    string DataVersion,
    long Size,
    string Server,
    string BaseImage,
    IReadOnlyList<FrameTable> Tables)
{
    public static ImageReport Of(FrameBuild build, string repository, IReadOnlyList<string> tags, string reference) =>
        new(reference, repository, tags, build.Digest, build.DataVersion, build.Size, build.Server, build.BaseImage, build.Tables);

    /// <summary>Repository and digest in a form that survives the SDK's handling of labels, which cuts them at a colon.</summary>
    public string Pin => $"{Repository}@{Digest.Replace(':', '-')}";
}
