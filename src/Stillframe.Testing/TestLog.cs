namespace Stillframe.Testing;

/// <summary>Hands on what a person who waits would like to know.</summary>
sealed class TestLog(Action<string>? log) : IReporter
{
    public void Message(Importance importance, string text)
    {
        if (importance == Importance.High)
            log?.Invoke(text);
    }

    public void Warning(string code, string text, SourceLocation? location = null) => log?.Invoke($"{code}: {text}");
}
