using System.Collections.Concurrent;

namespace Stillframe.Tests;

/// <summary>Notes what it is told.</summary>
sealed class AReporter : IReporter
{
    public ConcurrentQueue<string> Messages { get; } = new();

    public ConcurrentQueue<(string Code, string Text)> Warnings { get; } = new();

    public void Message(Importance importance, string text) => Messages.Enqueue(text);

    public void Warning(string code, string text, SourceLocation? location = null) => Warnings.Enqueue((code, text));
}
