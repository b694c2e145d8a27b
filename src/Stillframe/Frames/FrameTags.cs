namespace Stillframe.Frames;

/// <summary>Tags that a frame gets besides those of its service.</summary>
public static class FrameTags
{
    /// <summary>
    /// Points at the frame that was pushed last. Registries list tags by their names, a page at a time: among thousands of them the next build finds by this one
    /// what it can build on.
    /// </summary>
    public const string Newest = "data-latest";

    const string DataPrefix = "data-";

    /// <summary><c>data-</c> and the first 12 digits of the data version.</summary>
    public static string OfData(string dataVersion)
    {
        ArgumentNullException.ThrowIfNull(dataVersion);
        return DataPrefix + dataVersion[..12];
    }

    /// <summary>Whether a tag says which data a frame has, or that it is the newest: such tags are set by every push.</summary>
    public static bool NamesData(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return tag.StartsWith(DataPrefix, StringComparison.Ordinal);
    }
}
