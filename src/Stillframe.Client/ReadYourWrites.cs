using System.Collections.Concurrent;

namespace Stillframe.Client;

/// <summary>
/// What one user has written: while it lasts, plain opens of a <see cref="FrameDataSource"/> in the same flow of control give this user what they wrote, from the master until the frame has it.
/// One lasts for each request with <c>app.UseReadYourWrites()</c>; others begin their own, such as one who handles a message.
/// </summary>
public sealed class ReadYourWrites : IDisposable
{
    static readonly AsyncLocal<ReadYourWrites?> current = new();

    readonly ReadYourWrites? outer = current.Value;
    readonly ConcurrentDictionary<string, FramePosition> positions = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, FrameDataSource> written = new(StringComparer.Ordinal);

    ReadYourWrites()
    {
    }

    /// <summary>The one that lasts here; null where there is none.</summary>
    public static ReadYourWrites? Current => current.Value;

    /// <summary>Whether a master was opened for a write since the beginning.</summary>
    public bool HasWritten => !written.IsEmpty;

    /// <summary>Whether a plain open gave a connection to a frame that lacks what this user wrote, as the master was away.</summary>
    public bool IsStale { get; internal set; }

    /// <summary>Begins. It lasts until it is disposed of.</summary>
    /// <param name="text">Of an earlier <see cref="ToTextAsync"/>; null for a user who has written nothing.</param>
    /// <exception cref="FormatException">It is not such a text.</exception>
    public static ReadYourWrites Begin(string? text = null)
    {
        var begun = new ReadYourWrites();
        foreach (var line in string.IsNullOrEmpty(text) ? [] : text.Split('\n'))
        {
            var end = line.LastIndexOf('=');
            if (end < 0)
                throw new FormatException($"'{line}' is no name of a data source with a position.");
            begun.positions[line[..end]] = FramePosition.Parse(line[(end + 1)..]);
        }

        current.Value = begun;
        return begun;
    }

    /// <summary>What this user's reads must contain from now on, besides what was written since the beginning.</summary>
    public FramePosition? PositionOf(FrameDataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return positions.GetValueOrDefault(source.Name);
    }

    /// <summary>
    /// What this user has written, for the next <see cref="Begin"/>. Asks each master that was opened where it is now, so call it after the commits. A master that does not answer counts as
    /// <see cref="FramePosition.Unknown"/>.
    /// </summary>
    public async Task<string> ToTextAsync(CancellationToken cancellationToken = default)
    {
        foreach (var source in written.Values)
        {
            if (await source.MasterPositionAsync(cancellationToken) is { } position)
                positions.AddOrUpdate(source.Name, position, (_, before) => before.With(position));
        }

        return ToText(positions);
    }

    /// <summary>Forgets positions, but not that this user has written: reads go to the master from now on. For what has no room for a long text.</summary>
    public void Forget()
    {
        foreach (var name in positions.Keys.Concat(written.Keys))
            positions[name] = FramePosition.Unknown;
    }

    internal bool HasWrittenTo(FrameDataSource source) => written.ContainsKey(source.Name);

    internal static void Note(FrameDataSource source) => Current?.written.TryAdd(source.Name, source);

    /// <summary>Ends: what lasted before goes on.</summary>
    public void Dispose() => current.Value = outer;

    static string ToText(IEnumerable<KeyValuePair<string, FramePosition>> positions) =>
        string.Join('\n', positions.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}"));
}
