using System.Text.RegularExpressions;
using Stillframe.Connections;

namespace Stillframe.Engines;

/// <summary>Recognises a full disk in what programs and the system say of it.</summary>
static partial class FullDisk
{
    // errno(3); .NET passes it on as the HResult
    const int NoSpace = 28, QuotaExceeded = 122, BsdQuotaExceeded = 69;

    /// <summary>Of server's errors: ER_DISK_FULL, and those of InnoDB's and the server's own temporary files. MariaDB manual, "MariaDB Error Codes".</summary>
    static readonly int[] ServerErrors = [1021, 1878];

    /// <summary>Whether a line of a server's log says that it waits until somebody makes room, which nobody will: EE_DISK_FULL of mysys.</summary>
    public static bool IsAwaited(string text) => Waiting().IsMatch(text);

    public static bool IsSaidBy(string text) => Words().IsMatch(text);

    /// <summary>Whether an exception, or one that it came of, is about it.</summary>
    public static bool IsSaidBy(Exception? exception) => exception switch
    {
        null => false,
        IOException { HResult: NoSpace or QuotaExceeded or BsdQuotaExceeded } => true,
        IOException io => IsSaidBy(io.Message) || IsSaidBy(io.InnerException),
        ServerException server => ServerErrors.Contains(server.Number) || IsSaidBy(server.Message),
        // what a refused statement says itself may be a row of the dump
        StillframeException { Code: ErrorCodes.StatementFailed } refused => IsSaidBy(refused.InnerException),
        StillframeException other => IsSaidBy(other.Message) || IsSaidBy(other.InnerException),
        AggregateException many => many.InnerExceptions.Any(IsSaidBy),
        _ => IsSaidBy(exception.InnerException),
    };

    [GeneratedRegex(@"Disk is full writing|[Ww]aiting for someone to free")]
    private static partial Regex Waiting();

    // of the C library, mysys and InnoDB, in that order
    [GeneratedRegex(@"No space left on device|Disk quota exceeded|[Dd]isk (?:is|was) full|\b(?:Errcode|errno|[Ee]rror|error number):? ""?(?:28|122)\b")]
    private static partial Regex Words();
}
