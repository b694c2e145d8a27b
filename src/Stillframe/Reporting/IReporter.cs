namespace Stillframe.Reporting;

/// <summary>How much a message matters; the names and meaning of MSBuild's <c>MessageImportance</c>.</summary>
public enum Importance
{
    /// <summary>Shown in normal output.</summary>
    High,
    /// <summary>Shown with <c>-v:n</c>.</summary>
    Normal,
    /// <summary>Shown with <c>-v:d</c>.</summary>
    Low,
}

/// <summary>Where a step says what it does. Implementations are safe to call from several threads.</summary>
public interface IReporter
{
    /// <summary>Says how it goes.</summary>
    void Message(Importance importance, string text);

    /// <summary>Says what a user should look at, and where.</summary>
    void Warning(string code, string text, SourceLocation? location = null);
}

/// <summary>Says nothing.</summary>
public sealed class SilentReporter : IReporter
{
    /// <summary>The only one.</summary>
    public static SilentReporter Instance { get; } = new();

    /// <inheritdoc/>
    public void Message(Importance importance, string text) { }

    /// <inheritdoc/>
    public void Warning(string code, string text, SourceLocation? location = null) { }
}
