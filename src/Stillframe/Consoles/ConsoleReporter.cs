namespace Stillframe.Consoles;

/// <summary>Says on a console what is done, a line each.</summary>
/// <param name="least">What matters less is not written.</param>
public sealed class ConsoleReporter(TextWriter console, Importance least = Importance.High, bool colour = false) : IReporter
{
    readonly Lock gate = new();

    /// <inheritdoc/>
    public void Message(Importance importance, string text)
    {
        if (importance <= least)
            Write(text);
    }

    /// <inheritdoc/>
    public void Warning(string code, string text, SourceLocation? location = null) => Write(Diagnostic.Warning(code, text, location, colour));

    void Write(string line)
    {
        lock (gate)
            console.WriteLine(line);
    }
}
