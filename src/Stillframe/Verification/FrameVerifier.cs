using System.Diagnostics;
using System.Globalization;
using Stillframe.Connections;
using Stillframe.Families;
using Stillframe.Frames;
using Stillframe.Loading;

namespace Stillframe.Verification;

/// <summary>Starts a frame as production will, and proves what it promises.</summary>
public static class FrameVerifier
{
    /// <summary>A frame copies nothing and logs nothing at its start; measured: a few kilobytes.</summary>
    const long MostBytesWritten = 2_000_000;

    /// <exception cref="StillframeException">SF4002 where the frame does not start; failed checks are in the report.</exception>
    public static async Task<VerificationReport> VerifyAsync(
        IFrameStage stage, FrameContents frame, ReaderAccount reader, IReporter reporter, CancellationToken cancellationToken)
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
        ServerFamily family;
        await using (var running = await stage.StartAsync(FrameStart.Production, cancellationToken))
        {
            await using var connection = await FrameChecks.ConnectAsync(running, reader.User, reader.Password, cancellationToken);
            var version = await FrameChecks.DataVersionAsync(connection, frame.DataVersion, cancellationToken);
            firstQuery = clock.Elapsed.TotalMilliseconds;
            family = ServerFamily.OfVersion(connection.ServerVersion);
            checks.AddRange(await running.InspectAsync(cancellationToken));
            checks.Add(version);
            checks.Add(await FrameChecks.ReadOnlyAsync(connection, cancellationToken));
            checks.Add(await TablesAsync(connection, frame, cancellationToken));
            checks.Add(await FrameChecks.ViewsAsync(connection, read: true, _ => false, cancellationToken));
            checks.Add(await WritesAsync("writes as the reader", connection, family, frame, cancellationToken));
            written = await running.BytesWrittenAsync(cancellationToken);
        }

        // without grant tables everybody has every privilege, more than root has; and nothing but the frame itself refuses
        reporter.Message(Importance.Normal, "Starting the frame for somebody with every privilege");
        await using (var running = await stage.StartAsync(new(["--skip-grant-tables"], ReadOnlyRoot: false) { BySocket = family.HidesWithoutGrants }, cancellationToken))
        {
            await using var connection = await FrameChecks.ConnectAsync(running, "root", "", cancellationToken);
            await connection.ExecuteAsync("FLUSH PRIVILEGES", cancellationToken); // account statements are refused for another reason before
            foreach (var statement in family.Unlocking)
                await connection.ExecuteAsync(statement, cancellationToken);
            checks.Add(await WritesAsync("writes with every privilege", connection, family, frame, cancellationToken));
            written = Math.Max(written, await running.BytesWrittenAsync(cancellationToken));
        }

        checks.Add(new("first query", true, string.Create(CultureInfo.InvariantCulture, $"{firstQuery:0} ms after the start")));
        checks.Add(new("bytes written", written < MostBytesWritten, string.Create(CultureInfo.InvariantCulture, $"{written:N0} (at most {MostBytesWritten:N0})")));
        checks.Add(new("size", true, $"{ByteCount.Text(frame.Size)} compressed, base image included"));
        return new(frame.Digest, frame.DataVersion, checks, firstQuery, written, frame.Size);
    }

    static async Task<VerificationCheck> TablesAsync(ServerConnection connection, FrameContents frame, CancellationToken cancellationToken)
    {
        const string Name = "rows and checksums";
        foreach (var loaded in frame.Tables)
        {
            FrameTable found;
            try
            {
                found = await Loading.LoadedTables.DescribeAsync(connection, loaded.FullName, cancellationToken);
            }
            catch (ServerException e)
            {
                return new(Name, false, $"{loaded.FullName}: {e}");
            }

            if (found != loaded)
                return new(
                    Name,
                    false,
                    $"{loaded.FullName} has {found.Rows} rows and checksum {found.Checksum}, was loaded with {loaded.Rows} and {loaded.Checksum}");
        }

        return new(Name, true, string.Create(
            CultureInfo.InvariantCulture, $"{frame.Tables.Count} tables, {frame.Tables.Sum(table => table.Rows):N0} rows, as loaded"));
    }

    static async Task<VerificationCheck> WritesAsync(
        string name, ServerConnection connection, ServerFamily family, FrameContents frame, CancellationToken cancellationToken)
    {
        var (count, failures) = await WriteAttempts.RunAsync(connection, family, frame.Tables.Select(table => table.Schema).Distinct(StringComparer.Ordinal), cancellationToken);
        return new(name, failures.Count == 0, failures.Count == 0 ? $"{count} kinds, all refused" : string.Join("; ", failures));
    }
}
