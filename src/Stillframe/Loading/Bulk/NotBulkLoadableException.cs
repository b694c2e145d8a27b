namespace Stillframe.Loading.Bulk;

/// <summary>Something in a table's rows has to reach the server as the dump writes it.</summary>
/// <param name="reason">The middle of a sentence.</param>
sealed class NotBulkLoadableException(string reason) : Exception(reason);

/// <summary>The order of the dump's statements matters: all of it is to be loaded as it stands.</summary>
/// <param name="reason">The middle of a sentence.</param>
sealed class OrderMattersException(string reason) : Exception(reason)
{
    /// <param name="refused">A statement that the server refuses, perhaps for want of what was put off.</param>
    public static OrderMattersException Of(StillframeException refused) => new(refused.Location is { } location ? $"{refused.Message.TrimEnd('.')} ({location})" : refused.Message);
}
