namespace Stillframe.Verification;

/// <summary>One promise of a frame, and whether it holds.</summary>
/// <param name="Name">Such as <c>rows and checksums</c>.</param>
/// <param name="Detail">What was seen.</param>
public sealed record VerificationCheck(string Name, bool Passed, string Detail);

/// <summary>What a started frame was like; written as JSON.</summary>
/// <param name="Image">Digest of the frame's manifest.</param>
/// <param name="FirstQueryMilliseconds">From the start of the container or process to the answer of the reader's first query.</param>
/// <param name="BytesWritten">Written by the server at its start, outside its temporary directories.</param>
/// <param name="Size">Compressed bytes of all blobs.</param>
public sealed record VerificationReport(
    string Image,
    string DataVersion,
    IReadOnlyList<VerificationCheck> Checks,
    double FirstQueryMilliseconds,
    long BytesWritten,
    long Size)
{
    /// <summary>All checks have.</summary>
    public bool Passed => Checks.All(check => check.Passed);

    /// <summary>Null where all checks passed.</summary>
    /// <param name="where">A sentence that says where to read on.</param>
    public StillframeException? Failure(string where) => Passed ? null : new(
        ErrorCodes.VerificationFailed,
        $"The frame does not keep what it promises: {string.Join(", ", Checks.Where(check => !check.Passed).Select(check => $"{check.Name} ({check.Detail})"))}. {where}");

    /// <summary>A table for people, one line a check.</summary>
    public IEnumerable<string> Lines()
    {
        var width = Checks.Max(check => check.Name.Length);
        return Checks.Select(check => $"{(check.Passed ? "ok    " : "FAILED")}  {check.Name.PadRight(width)}  {check.Detail}");
    }
}
