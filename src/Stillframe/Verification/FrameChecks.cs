using System.Globalization;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Loading;

namespace Stillframe.Verification;

/// <summary>What a running frame is asked, at its first start as in its verification.</summary>
static class FrameChecks
{
    /// <summary>Tables that are asked for in one statement.</summary>
    const int Batch = 40;

    /// <exception cref="StillframeException">SF4001.</exception>
    public static async Task<ServerConnection> ConnectAsync(IStagedFrame running, string user, string password, CancellationToken cancellationToken)
    {
        try
        {
            return await ServerConnection.ConnectAsync(running.Endpoint, user, password, cancellationToken);
        }
        catch (LoginException e)
        {
            throw new StillframeException(ErrorCodes.VerificationFailed, $"The frame {e.Message}", null, e);
        }
        catch (ServerException e)
        {
            throw new StillframeException(
                ErrorCodes.VerificationFailed, $"The frame refuses the login of '{user}': {e}. Check DatabaseReaderUser and DatabaseReaderPassword.", null, e);
        }
    }

    public static async Task<VerificationCheck> DataVersionAsync(ServerConnection connection, string expected, CancellationToken cancellationToken)
    {
        var version = await connection.ScalarAsync($"SELECT data_version FROM {ImageTable.Name}", cancellationToken);
        return new("data version", version == expected, version ?? "none");
    }

    public static async Task<VerificationCheck> ReadOnlyAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        var row = (await connection.QueryAsync("SELECT @@read_only, @@innodb_read_only", cancellationToken))[0];
        // since MariaDB 12 read_only is an enumeration
        var passed = row[0] is "1" or "ON" or "NO_LOCK" or "NO_LOCK_NO_ADMIN" && row[1] == "1";
        return new("read-only", passed, $"@@read_only {row[0]}, @@innodb_read_only {row[1]}");
    }

    /// <summary>Whether each table opens and has the rows that were loaded.</summary>
    public static async Task<VerificationCheck> RowsAsync(ServerConnection connection, IReadOnlyList<FrameTable> tables, CancellationToken cancellationToken)
    {
        const string Name = "rows";
        foreach (var batch in tables.Chunk(Batch))
        {
            try
            {
                var counts = await connection.QueryAsync(string.Join(" UNION ALL ", batch.Select(Count)), cancellationToken);
                if (batch.Zip(counts).FirstOrDefault(pair => Number(pair.Second) != pair.First.Rows) is ({ } table, { } count))
                    return new(Name, false, $"{table.FullName} has {Number(count)} rows, was loaded with {table.Rows}");
            }
            catch (ServerException) when (batch.Length > 1)
            {
                foreach (var table in batch)
                {
                    if (await RowsAsync(connection, [table], cancellationToken) is { Passed: false } failed)
                        return failed;
                }
            }
            catch (ServerException e)
            {
                return new(Name, false, $"{batch[0].FullName}: {e}");
            }
        }

        return new(Name, true, string.Create(CultureInfo.InvariantCulture, $"{tables.Count} tables, {tables.Sum(table => table.Rows):N0} rows"));

        static string Count(FrameTable table) => $"SELECT COUNT(*) FROM {Sql.Table(table.FullName)}";
        static long Number(string?[] row) => long.Parse(row[0]!, CultureInfo.InvariantCulture);
    }

    /// <summary>Whether each view and what it is made of can be opened by the reader. A view whose definer may not read fails only there.</summary>
    /// <param name="read">Reads a row of each, too.</param>
    /// <param name="tolerated">Errors that say nothing of the view.</param>
    public static async Task<VerificationCheck> ViewsAsync(
        ServerConnection connection, bool read, Func<ServerException, bool> tolerated, CancellationToken cancellationToken)
    {
        var views = await connection.QueryAsync(
            $"SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'VIEW' AND table_schema NOT IN ({ReservedSchemas.List})", cancellationToken);
        foreach (var view in views.Select(row => new TableName(row[0]!, row[1]!)))
        {
            var select = $"SELECT * FROM {Sql.Table(view)} LIMIT 1";
            try
            {
                await connection.QueryAsync(read ? select : $"PREPARE stillframe FROM {Sql.Literal(select)}", cancellationToken);
            }
            catch (ServerException e) when (!tolerated(e))
            {
                return new("views", false, $"{view}: {e}");
            }
            catch (ServerException)
            {
                // it reads a table that is not there this time
            }
        }

        return new("views", true, views.Count == 0 ? "none" : $"{views.Count} can be read");
    }
}
