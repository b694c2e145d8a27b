using Stillframe;

/// <summary>Says on the console what matters in ordinary output.</summary>
sealed class ConsoleReporter : IReporter
{
    public void Message(Importance importance, string text)
    {
        if (importance is Importance.High)
            Console.WriteLine(text);
    }

    public void Warning(string code, string text, SourceLocation? location = null) => Console.WriteLine($"warning {code}: {text}");
}
