using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Loading;
using Stillframe.Normalizing;

namespace Stillframe.Compiling;

/// <summary>
/// The server in which a frame's schema is made and its last rows are written: everything that it does is the same in every build.
/// docs/why-normalise-pages.md has the reason for each option (<see cref="ServerFamily.SchemaOptions"/>).
/// </summary>
static class SchemaServer
{
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
        var family = ServerFamily.Of(sandbox.Release);
        await using var server = await sandbox.StartServerAsync([.. family.SchemaOptions, .. options], cancellationToken, family.AccountsSql(accounts));
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
