using System.Collections.Concurrent;

namespace Stillframe.EndToEnd.Engines;

/// <summary>Keeps what a step says.</summary>
sealed class Listener : IReporter
{
    public ConcurrentQueue<string> Messages { get; } = [];

    public Action<string>? Heard { get; init; }

    public void Message(Importance importance, string text)
    {
        Messages.Enqueue(text);
        Heard?.Invoke(text);
    }

    public void Warning(string code, string text, SourceLocation? location = null) => Message(Importance.High, $"{code}: {text}");
}
