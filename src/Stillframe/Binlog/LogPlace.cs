namespace Stillframe.Binlog;

/// <summary>Between two events of a binary log.</summary>
/// <param name="Offset">In bytes.</param>
sealed record LogPlace(string File, long Offset);
