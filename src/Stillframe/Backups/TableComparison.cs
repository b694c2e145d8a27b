using System.Globalization;
using Stillframe.Connections;

namespace Stillframe.Backups;

/// <summary>How a restored table was compared.</summary>
enum Compared
{
    Checksum,

    /// <summary>Its number of rows alone.</summary>
    Rows,
}

/// <summary>Compares a restored table with what was dumped.</summary>
/// <param name="sameFamily">Both servers are MariaDB's, or both MySQL's: otherwise equal rows have other checksums.</param>
sealed class TableComparison(bool sameFamily)
{
    /// <returns>What differs, as a sentence; null where it is as it was.</returns>
    /// <exception cref="StillframeException">SF6003.</exception>
    public async Task<(Compared How, string? Difference)> CompareAsync(RestoreSession session, ExpectedTable table, CancellationToken cancellationToken)
    {
        var name = Sql.Table(table.Name);
        if (table.Checksum is { } expected && sameFamily && await HasChecksumAsync(session, table, cancellationToken))
        {
            var checksum = (await session.QueryAsync($"CHECKSUM TABLE {name}", cancellationToken))[0][1];
            return (Compared.Checksum, checksum == expected ? null : $"{table.Name} has the checksum {checksum ?? "NULL"}, and had {expected}");
        }

        var rows = long.Parse((await session.QueryAsync($"SELECT COUNT(*) FROM {name}", cancellationToken))[0][0]!, CultureInfo.InvariantCulture);
        return (Compared.Rows, rows == table.Rows ? null : string.Create(CultureInfo.InvariantCulture, $"{table.Name} has {rows:N0} rows, and had {table.Rows:N0}"));
    }

    /// <summary>
    /// Whether equal rows have equal checksums: a FLOAT is dumped with six digits and comes back with other last bits, and what is not stored is summed as it happens to lie in memory.
    /// </summary>
    static async Task<bool> HasChecksumAsync(RestoreSession session, ExpectedTable table, CancellationToken cancellationToken) =>
        (await session.QueryAsync(
            $"SELECT COUNT(*) FROM information_schema.columns WHERE {Sql.IsTable(table.Name)} AND (data_type = 'float' OR extra LIKE '%VIRTUAL%')", cancellationToken))[0][0] == "0";

    public static string FamilyOf(string version) => version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? "MariaDB" : "MySQL";
}
