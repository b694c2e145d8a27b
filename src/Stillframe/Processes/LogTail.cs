namespace Stillframe.Processes;

/// <summary>The last lines a program wrote, for messages about its end. Safe to use from several threads.</summary>
public sealed class LogTail(int lines = 100)
{
    readonly Queue<string> _lines = new(lines);
    readonly Dictionary<string, TaskCompletionSource> _awaited = [];
    readonly List<(Predicate<string> Is, TaskCompletionSource Seen)> _kinds = [];

    public void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count == lines)
                _lines.Dequeue();
            _lines.Enqueue(line);
            if (_awaited.TryGetValue(line, out var awaited))
                awaited.TrySetResult();
            foreach (var kind in _kinds.Where(one => one.Is(line)))
                kind.Seen.TrySetResult();
        }
    }

    /// <summary>Completes when a line of this kind was written, and is still among the last; never, if none is.</summary>
    public Task AppearsAsync(Predicate<string> isIt)
    {
        lock (_lines)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _kinds.Add((isIt, seen));
            if (_lines.Any(line => isIt(line)))
                seen.TrySetResult();
            return seen.Task;
        }
    }

    /// <summary>Completes when this line was written; never, if it is not.</summary>
    public Task AppearsAsync(string line)
    {
        lock (_lines)
        {
            if (!_awaited.TryGetValue(line, out var awaited))
                _awaited[line] = awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_lines.Contains(line))
                awaited.TrySetResult();
            return awaited.Task;
        }
    }

    /// <summary>Reads until the stream ends, which it also does when its program is killed.</summary>
    public async Task ReadAsync(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        try
        {
            while (await reader.ReadLineAsync() is { } line)
                Add(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // the reading end was closed under us: there is nothing more to say
        }
    }

    public override string ToString()
    {
        lock (_lines)
            return string.Join(Environment.NewLine, _lines);
    }
}
