namespace Stillframe.Frames;

/// <summary>What an extra label may be called. OCI image specification, "Annotations", section "Rules".</summary>
static class FrameLabelNames
{
    /// <exception cref="StillframeException">SF1103.</exception>
    public static void Check(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (name.Length == 0 || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
                throw new StillframeException(
                    ErrorCodes.ReferenceInvalid,
                    $"'{name}' is no name for a label: DatabaseImageLabel takes names without spaces, such as 'com.example.team', and the value in Value.");
        }
    }
}
