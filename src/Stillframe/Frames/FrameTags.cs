namespace Stillframe.Frames;

/// <summary>Tags that a frame gets besides those of its service.</summary>
public static class FrameTags
{
    /// <summary>
    /// Points at the frame that was pushed last. Registries list tags by their names, a page at a time: among thousands of them the next build finds by this one
    /// what it can build on.
    /// </summary>
    public const string Newest = "data-latest";
}
