using Stillframe.Frames;
using Stillframe.Oci;

namespace Stillframe.MSBuild;

/// <summary>The tags of a frame: those of the service, and one that names the data.</summary>
static class ImageTags
{
    /// <exception cref="StillframeException">SF1103.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> tags, string dataVersion) => Of(tags.Append(FrameTags.OfData(dataVersion)));

    /// <summary>Before the data version is known.</summary>
    /// <exception cref="StillframeException">SF1103.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> tags)
    {
        var all = tags.Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var tag in all)
        {
            if (!Reference.IsTag(tag))
                throw new StillframeException(ErrorCodes.ReferenceInvalid, $"'{tag}' is no image tag: DatabaseImageTags takes letters, digits, '_', '.' and '-', at most 128 of them, '.' and '-' not first.");
        }

        return all;
    }
}
