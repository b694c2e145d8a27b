namespace Stillframe.Binlog;

/// <summary>Between two events of a binary log.</summary>
/// <param name="Offset">In bytes.</param>
sealed record LogPlace(string File, long Offset)
{
    /// <summary>Of each file, after its four bytes of signature.</summary>
    public const int FirstEvent = 4;
}
