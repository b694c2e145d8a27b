namespace Stillframe.Processes;

/// <summary>The last lines a program wrote, for messages about its end. Safe to use from several threads.</summary>
sealed class LogTail(int most = 100)
{
    readonly Queue<string> lines = new(most);
    readonly Dictionary<string, TaskCompletionSource> awaited = [];
    readonly List<(Predicate<string> Is, TaskCompletionSource Seen)> kinds = [];

    public void Add(string line)
    {
        lock (lines)
        {
            if (lines.Count == most)
                lines.Dequeue();
            lines.Enqueue(line);
            if (this.awaited.TryGetValue(line, out var awaited))
                awaited.TrySetResult();
            foreach (var kind in kinds.Where(one => one.Is(line)))
                kind.Seen.TrySetResult();
        }
    }

    /// <summary>Completes when a line of this kind was written, and is still among the last; never, if none is.</summary>
    public Task AppearsAsync(Predicate<string> isIt)
    {
        lock (lines)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            kinds.Add((isIt, seen));
            if (lines.Any(line => isIt(line)))
                seen.TrySetResult();
            return seen.Task;
        }
    }

    /// <summary>Completes when this line was written; never, if it is not.</summary>
    public Task AppearsAsync(string line)
    {
        lock (lines)
        {
            if (!this.awaited.TryGetValue(line, out var awaited))
                this.awaited[line] = awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (lines.Contains(line))
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
        lock (lines)
            return string.Join(Environment.NewLine, lines);
    }
}
