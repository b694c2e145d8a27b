using System.Globalization;

namespace Stillframe.Consoles;

/// <summary>An error or a warning in one line, as compilers write it and editors find it: <c>data/shop.sql(12): error SF1003: …</c></summary>
public static class Diagnostic
{
    const string Red = "\e[31m", Yellow = "\e[33m", Plain = "\e[0m";

    /// <summary>An error as a terminal shows it.</summary>
    public static string Error(string code, string text, SourceLocation? location = null, bool colour = false) => Line("error", Red, code, text, location, colour);

    /// <inheritdoc cref="Error(string, string, SourceLocation?, bool)"/>
    public static string Error(StillframeException error, bool colour = false)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Error(error.Code, error.Message, error.Location, colour);
    }

    internal static string Warning(string code, string text, SourceLocation? location = null, bool colour = false) => Line("warning", Yellow, code, text, location, colour);

    /// <summary>The text of SF9001.</summary>
    /// <param name="details">Where they are; the middle of a sentence.</param>
    public static string Unexpected(Exception error, string details)
    {
        ArgumentNullException.ThrowIfNull(error);
        return $"{error.GetType().Name}: {FirstLine(error.Message)} The details are in the output of {details}; please report this.";
    }

    /// <summary>Of a message that may have several.</summary>
    public static string FirstLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('\n', 2)[0].Trim();
    }

    static string Line(string kind, string begin, string code, string text, SourceLocation? location, bool colour)
    {
        var place = location switch
        {
            null => "",
            { Line: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{location.File}({location.Line}): "),
            _ => $"{location.File}: ",
        };
        return $"{place}{(colour ? begin : "")}{kind} {code}{(colour ? Plain : "")}: {text}";
    }
}
