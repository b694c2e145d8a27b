namespace Stillframe.Binlog;

/// <summary>The log does not tell which tables changed.</summary>
/// <param name="why">One clause.</param>
sealed class UnclearLogException(string why, Exception? inner = null) : Exception(why, inner);
