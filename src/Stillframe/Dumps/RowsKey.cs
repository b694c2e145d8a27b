using System.Text;

namespace Stillframe.Dumps;

/// <summary>What goes before rows in the fingerprint of their table: verb, columns and session are part of what they mean.</summary>
static class RowsKey
{
    /// <param name="columns">In canonical form.</param>
    /// <param name="state">What of the session counts for rows.</param>
    public static string Of(RowsStatement rows, ReadOnlySpan<byte> columns, string state) =>
        $"\u0001{(rows.Replace ? "R" : "I")}{(rows.Ignore ? "I" : "")}|{state}|{Encoding.Latin1.GetString(columns)}\u0001";
}
