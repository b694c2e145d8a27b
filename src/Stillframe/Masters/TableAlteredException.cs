using Stillframe.Connections;

namespace Stillframe.Masters;

/// <summary>The master's tables are not those any more that the snapshot was begun with: the dump has to start anew.</summary>
/// <param name="what">One clause.</param>
sealed class TableAlteredException(string what, Exception? inner = null) : Exception(what, inner)
{
    /// <summary>Numbers of the server's errors: no such database, column or table, and a definition younger than the snapshot.</summary>
    public static bool IsToldBy(ServerException e) => e.Number is 1049 or 1054 or 1146 or 1412;
}
