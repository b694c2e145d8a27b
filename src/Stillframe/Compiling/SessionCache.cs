using System.Text;
using Stillframe.Dumps;
using Stillframe.Loading.Bulk;

namespace Stillframe.Compiling;

/// <summary>What the sessions of dumps come to, kept between builds: they follow from their statements and the server, and where they are known none has to be started for them.</summary>
/// <param name="server">Its version text.</param>
sealed class SessionCache(ObjectCache cache, string server)
{
    const string Kind = "session";

    /// <summary>Sets the snapshots of a dump's points that are not known yet.</summary>
    /// <returns>False where one of them has to be run.</returns>
    public async Task<bool> FindAsync(DumpScript script, string work, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, SessionSnapshot?>();
        foreach (var (key, point) in Points(script).Where(pair => pair.Point.Known is null))
        {
            if (!found.TryGetValue(key, out var snapshot))
                found[key] = snapshot = (await cache.FindAsync<SessionSnapshot>(Kind, key, work, cancellationToken))?.Description;
            if (snapshot is null)
                return false;
            point.Snapshot = snapshot;
        }

        return true;
    }

    /// <summary>Keeps those that were run.</summary>
    public async Task AddAsync(DumpScript script, CancellationToken cancellationToken)
    {
        foreach (var (key, point) in Points(script).DistinctBy(pair => pair.Key))
        {
            if (point.Known is { } snapshot)
                await cache.AddAsync(Kind, key, snapshot, [], cancellationToken);
        }
    }

    /// <summary>In the order of <see cref="ScriptSession"/>, which begins a session with each file.</summary>
    IEnumerable<(string Key, SessionPoint Point)> Points(DumpScript script)
    {
        var (file, session) = ("", new List<string>());
        foreach (var step in script.Steps)
        {
            if (step.File != file)
                (file, session) = (step.File, []);
            if (step.Point is { } point)
                yield return (ObjectKey.OfSession(server, session), point);
            if (step.Statement is { Kind: StatementKind.Session } statement)
                session.Add(Encoding.Latin1.GetString(statement.Text.Span));
        }
    }
}
