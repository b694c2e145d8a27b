using Stillframe.Engines;
using Stillframe.Loading;
using Stillframe.Normalizing;

namespace Stillframe.Compiling;

/// <summary>
/// The server in which a frame's schema is made and its last rows are written: everything that it does is the same in every build.
/// docs/why-normalise-pages.md has the reason for each option.
/// </summary>
static class SchemaServer
{
    static readonly string[] Options =
    [
        LoadServer.SmallestRedoLog, // a frame writes none
        LoadServer.TemporaryTables,
        "--innodb-stats-persistent=0",
        "--innodb-stats-auto-recalc=0",
        "--innodb-purge-threads=1",
        "--innodb-fast-shutdown=0",
        "--innodb-buffer-pool-size=64M",
        .. LoadServer.ThrowAway,
        "--innodb-buffer-pool-dump-at-shutdown=0",
        "--innodb-buffer-pool-load-at-startup=0",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-flush-method=nosync",
        "--skip-log-bin",
        "--skip-slave-start",
        "--skip-name-resolve",
        "--log-bin-trust-function-creators=1",
        "--max-allowed-packet=1G",
        "--wait-timeout=86400",
        "--local-infile=0",
        "--character-set-server=utf8mb4",
        "--performance-schema=off",
    ];

    /// <summary>Runs it, from its start on the sandbox's data directory to a clean shutdown.</summary>
    /// <param name="schemas">Of the dump, whose statements may use them; empty where none is run.</param>
    /// <param name="options">More of them, which win.</param>
    /// <param name="work">Gets a session for Stillframe's own statements, and opens more.</param>
    public static async Task RunAsync(
        ISandbox sandbox,
        IReadOnlyList<string> schemas,
        IReadOnlyList<string> options,
        Func<LoadSession, Func<LoadSession>, Task> work,
        CancellationToken cancellationToken)
    {
        var accounts = ServerAccounts.Random(schemas);
        await using var server = await sandbox.StartServerAsync([.. Options, .. options], cancellationToken, accounts.Sql());
        await using (var reader = Session())
        await using (var session = Session())
        {
            await reader.HoldHistoryAsync(cancellationToken);
            await session.ReconnectAsync(SessionOf.Builder, cancellationToken);
            await work(session, Session);
        }

        await server.ShutdownAsync(cancellationToken);

        LoadSession Session() => new(server, sandbox.Release, accounts, FixedTime.Moment);
    }
}
