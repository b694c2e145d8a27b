using System.Diagnostics;
using System.Globalization;
using Stillframe.Connections;

namespace Stillframe.Verification;

/// <summary>Starts a frame as production will, and proves what it promises.</summary>
public static class FrameVerifier
{
    /// <summary>A frame copies nothing and logs nothing at its start; measured: a few kilobytes.</summary>
    const long MostBytesWritten = 2_000_000;

    /// <exception cref="StillframeException">SF4002 where the frame does not start; failed checks are in the report.</exception>
    public static async Task<VerificationReport> VerifyAsync(
        IFrameStage stage, FrameBuild frame, ReaderAccount reader, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(reporter);
        var checks = new List<VerificationCheck>();

        reporter.Message(Importance.Normal, "Starting the frame as production will");
        var clock = Stopwatch.StartNew();
        double firstQuery;
        long written;
        await using (var running = await stage.StartAsync(FrameStart.Production, cancellationToken))
        {
            await using var connection = await ConnectAsync(running, reader.User, reader.Password, cancellationToken);
            var version = await connection.ScalarAsync("SELECT data_version FROM stillframe.image", cancellationToken);
            firstQuery = clock.Elapsed.TotalMilliseconds;
            checks.AddRange(await running.InspectAsync(cancellationToken));
            checks.Add(new("data version", version == frame.DataVersion, version ?? "none"));
            checks.Add(await ReadOnlyAsync(connection, cancellationToken));
            checks.Add(await TablesAsync(connection, frame, cancellationToken));
            checks.Add(await ViewsAsync(connection, cancellationToken));
            checks.Add(await WritesAsync("writes as the reader", connection, frame, cancellationToken));
            written = await running.BytesWrittenAsync(cancellationToken);
        }

        // without grant tables everybody has every privilege, more than root has; and nothing but the frame itself refuses
        reporter.Message(Importance.Normal, "Starting the frame for somebody with every privilege");
        await using (var running = await stage.StartAsync(new(["--skip-grant-tables"], ReadOnlyRoot: false), cancellationToken))
        {
            await using var connection = await ConnectAsync(running, "root", "", cancellationToken);
            await connection.ExecuteAsync("FLUSH PRIVILEGES", cancellationToken); // account statements are refused for another reason before
            await connection.ExecuteAsync("SET GLOBAL read_only = 0", cancellationToken);
            checks.Add(await WritesAsync("writes with every privilege", connection, frame, cancellationToken));
            written = Math.Max(written, await running.BytesWrittenAsync(cancellationToken));
        }

        checks.Add(new("first query", true, string.Create(CultureInfo.InvariantCulture, $"{firstQuery:0} ms after the start")));
        checks.Add(new("bytes written", written < MostBytesWritten, string.Create(CultureInfo.InvariantCulture, $"{written:N0} (at most {MostBytesWritten:N0})")));
        checks.Add(new("size", true, string.Create(CultureInfo.InvariantCulture, $"{frame.Size / 1e6:0.0} MB compressed, base image included")));
        return new(frame.Digest, frame.DataVersion, checks, firstQuery, written, frame.Size);
    }

    static async Task<ServerConnection> ConnectAsync(IStagedFrame running, string user, string password, CancellationToken cancellationToken)
    {
        try
        {
            return await ServerConnection.ConnectAsync(running.Endpoint, user, password, cancellationToken);
        }
        catch (ServerException e)
        {
            throw new StillframeException(
                ErrorCodes.VerificationFailed, $"The frame refuses the login of '{user}': {e}. Check DatabaseReaderUser and DatabaseReaderPassword.", null, e);
        }
    }

    static async Task<VerificationCheck> ReadOnlyAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        var row = (await connection.QueryAsync("SELECT @@read_only, @@innodb_read_only", cancellationToken))[0];
        // since MariaDB 12 read_only is an enumeration
        var passed = row[0] is "1" or "ON" or "NO_LOCK" or "NO_LOCK_NO_ADMIN" && row[1] == "1";
        return new("read-only", passed, $"@@read_only {row[0]}, @@innodb_read_only {row[1]}");
    }

    static async Task<VerificationCheck> TablesAsync(ServerConnection connection, FrameBuild frame, CancellationToken cancellationToken)
    {
        const string Name = "rows and checksums";
        foreach (var loaded in frame.Tables)
        {
            FrameTable found;
            try
            {
                found = await Loading.LoadedTables.DescribeAsync(connection, loaded.Schema, loaded.Name, cancellationToken);
            }
            catch (ServerException e)
            {
                return new(Name, false, $"{loaded.Schema}.{loaded.Name}: {e}");
            }

            if (found != loaded)
                return new(
                    Name,
                    false,
                    $"{loaded.Schema}.{loaded.Name} has {found.Rows} rows and checksum {found.Checksum}, was loaded with {loaded.Rows} and {loaded.Checksum}");
        }

        return new(Name, true, string.Create(
            CultureInfo.InvariantCulture, $"{frame.Tables.Count} tables, {frame.Tables.Sum(table => table.Rows):N0} rows, as loaded"));
    }

    /// <summary>A view whose definer has no account fails only when it is read.</summary>
    static async Task<VerificationCheck> ViewsAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        var views = await connection.QueryAsync(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'VIEW' AND table_schema NOT IN ('sys', 'mysql')", cancellationToken);
        foreach (var view in views)
        {
            try
            {
                await connection.QueryAsync($"SELECT * FROM {Sql.Table(view[0]!, view[1]!)} LIMIT 1", cancellationToken);
            }
            catch (ServerException e)
            {
                return new("views", false, $"{view[0]}.{view[1]}: {e}");
            }
        }

        return new("views", true, views.Count == 0 ? "none" : $"{views.Count} can be read");
    }

    static async Task<VerificationCheck> WritesAsync(
        string name, ServerConnection connection, FrameBuild frame, CancellationToken cancellationToken)
    {
        var (count, failures) = await WriteAttempts.RunAsync(connection, frame.Tables.Select(table => table.Schema).Distinct(StringComparer.Ordinal), cancellationToken);
        return new(name, failures.Count == 0, failures.Count == 0 ? $"{count} kinds, all refused" : string.Join("; ", failures));
    }
}
