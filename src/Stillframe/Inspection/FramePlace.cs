using Stillframe.Oci;

namespace Stillframe.Inspection;

/// <summary>What a user names as a frame.</summary>
abstract record FramePlace
{
    const string ArchiveEnding = ".tar";

    public sealed record Layout : FramePlace;

    public sealed record Archive : FramePlace;

    public sealed record InRegistry(Reference Reference) : FramePlace;

    /// <summary>Whether somebody who writes this means an archive, whatever is there.</summary>
    public static bool IsNamedArchive(string text) => text.EndsWith(ArchiveEnding, StringComparison.OrdinalIgnoreCase);

    /// <returns>Null where it names nothing: there is no such file or directory, and it has no registry.</returns>
    /// <exception cref="StillframeException">SF3007, SF3009, SF1103.</exception>
    public static FramePlace? Of(string text) => FileContent.Of(text) switch
    {
        ContentKind.Layout => new Layout(),
        ContentKind.Archive => new Archive(),
        ContentKind.PackedArchive => throw Unusable(
            text, "it is a tar archive compressed as a whole, of which nothing can be read where it stands", $"Decompress it ('gzip -d', or 'gunzip --keep {Path.GetFileName(text)}') and name the {ArchiveEnding} file"),
        ContentKind.Directory => throw Unusable(text, "it is a directory without 'index.json', so no image layout", "Name an image layout, or of a directory with dumps the files"),
        ContentKind.File => throw Unusable(text, "it is no tar archive", "Name a frame as publishing or 'skopeo copy … oci-archive:FILE' writes it"),
        _ when IsNamedArchive(text) => throw new StillframeException(ErrorCodes.ImageMissing, $"The archive '{text}' is not there. Publish the frame first, or name another one."),
        _ => FindReference(text) is { } reference ? new InRegistry(reference) : null,
    };

    // without a host it is more likely a file with a wrong name than an image at Docker Hub
    static Reference? FindReference(string text)
    {
        var reference = text.Contains('/', StringComparison.Ordinal) ? Reference.Parse(text) : null;
        return reference is not null && text.StartsWith(reference.Registry + "/", StringComparison.Ordinal) ? reference : null;
    }

    static StillframeException Unusable(string text, string why, string advice) => new(ErrorCodes.LayoutInvalid, $"'{text}' can't be read as a frame: {why}. {advice}.");
}
