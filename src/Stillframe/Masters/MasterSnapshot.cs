using System.Diagnostics;
using System.Globalization;

namespace Stillframe.Masters;

/// <summary>Sessions of a master that all see the same moment of it.</summary>
/// <param name="Sessions">At least one.</param>
/// <param name="Position">In the master's log, of that moment.</param>
/// <param name="Time">By the master's clock, in whole seconds: what is committed after the snapshot is not older.</param>
/// <param name="Age">Runs since then.</param>
/// <param name="Locked">How long the master's writers were kept from committing.</param>
sealed record MasterSnapshot(IReadOnlyList<MasterSession> Sessions, MasterPosition Position, DateTimeOffset Time, Stopwatch Age, TimeSpan Locked)
{
    /// <summary>At thousands of commits a second a few are enough.</summary>
    const int Attempts = 50;

    /// <summary>Without a lock where the master notes the place in its log for each snapshot: they are taken until all have the same.</summary>
    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public static async Task<MasterSnapshot> TakeAsync(MasterAddress address, IReadOnlyList<MasterSession> sessions, IReporter reporter, CancellationToken cancellationToken)
    {
        for (var attempt = 1; sessions.Count > 1 && attempt <= Attempts; attempt++)
        {
            var snapshot = await StartAsync(sessions, cancellationToken);
            var positions = await Task.WhenAll(sessions.Select(session => MasterPosition.ReadAsync(session, cancellationToken)));
            if (positions[0].File is null)
                break;
            if (positions.All(position => position == positions[0]))
                return snapshot with { Position = await positions[0].WithGtidAsync(sessions[0], cancellationToken) };
        }

        if (sessions.Count > 1 && await SnapshotLock.TryTakeAsync(address, reporter, cancellationToken) is { } taken)
        {
            await using (taken)
            {
                var snapshot = await StartAsync(sessions, cancellationToken);
                var locked = await taken.ReleaseAsync(cancellationToken);
                return (await snapshot.WithPositionAsync(cancellationToken)) with { Locked = locked };
            }
        }

        foreach (var session in sessions.Skip(1))
            await session.DisposeAsync();
        return await (await StartAsync([sessions[0]], cancellationToken)).WithPositionAsync(cancellationToken);
    }

    /// <summary>Ends what they saw before, too.</summary>
    static async Task<MasterSnapshot> StartAsync(IReadOnlyList<MasterSession> sessions, CancellationToken cancellationToken)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse((await sessions[0].QueryAsync("SELECT UNIX_TIMESTAMP()", cancellationToken))[0][0]!, CultureInfo.InvariantCulture));
        await Task.WhenAll(sessions.Select(session => session.ExecuteAsync("START TRANSACTION WITH CONSISTENT SNAPSHOT", cancellationToken)));
        return new(sessions, new(null, null), time, Stopwatch.StartNew(), TimeSpan.Zero);
    }

    async Task<MasterSnapshot> WithPositionAsync(CancellationToken cancellationToken) =>
        this with { Position = await (await MasterPosition.ReadAsync(Sessions[0], cancellationToken)).WithGtidAsync(Sessions[0], cancellationToken) };
}
