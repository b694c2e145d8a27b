namespace Stillframe.Dumps;

/// <summary>A dump that ends where none ends by itself (SF1003).</summary>
internal static class CutOffDump
{
    /// <param name="where">The end of a sentence.</param>
    public static StillframeException Error(string file, string where, SourceLocation location) => new(
        ErrorCodes.DumpCutOff,
        $"'{file}' is cut off: it ends {where}. Make the dump again and see that it is copied whole.",
        location);
}
