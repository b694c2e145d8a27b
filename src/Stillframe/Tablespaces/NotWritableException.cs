namespace Stillframe.Tablespaces;

/// <summary>A table's file can't be written without a server.</summary>
/// <param name="reason">The middle of a sentence.</param>
sealed class NotWritableException(string reason) : Exception(reason)
{
    /// <summary>Bytes of a row from which on values are stored elsewhere (page0zip.h, <c>page_zip_rec_needs_ext</c>).</summary>
    public const int LongestRow = 8126;
}
