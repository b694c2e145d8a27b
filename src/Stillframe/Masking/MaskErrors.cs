namespace Stillframe.Masking;

static class MaskErrors
{
    /// <summary>A mask that can't be what it says.</summary>
    public static StillframeException Invalid(string message) => new(ErrorCodes.MaskInvalid, message);

    /// <summary>A row that can't be masked.</summary>
    /// <param name="what">Without the value: it may be what is to be hidden.</param>
    public static StillframeException Row(string what, SourceLocation location) => new(ErrorCodes.RowNotMasked, what, location);
}
