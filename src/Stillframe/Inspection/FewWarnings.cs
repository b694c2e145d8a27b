using System.Globalization;

namespace Stillframe.Inspection;

/// <summary>
/// Keeps warnings back until there is no error, which then is all there is to say, and gives of each kind the first few and how many more there are.
/// </summary>
sealed class FewWarnings(IReporter reporter) : IReporter
{
    /// <summary>Of warnings with the same words, and of those with the same code.</summary>
    const int MostOfAKind = 5, MostOfACode = 20;

    readonly Lock gate = new();
    readonly List<(string Code, string Text, SourceLocation? Location)> first = [];
    readonly Dictionary<string, int> kinds = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, (int Shown, int LeftOut)> codes = new(StringComparer.Ordinal);

    public void Message(Importance importance, string text) => reporter.Message(importance, text);

    public void Warning(string code, string text, SourceLocation? location = null)
    {
        lock (gate)
        {
            var (shown, leftOut) = codes.GetValueOrDefault(code);
            var ofKind = kinds.GetValueOrDefault(text);
            if (ofKind < MostOfAKind && shown < MostOfACode)
            {
                first.Add((code, text, location));
                kinds[text] = ofKind + 1;
                codes[code] = (shown + 1, leftOut);
            }
            else
                codes[code] = (shown, leftOut + 1);
        }
    }

    /// <summary>Says them.</summary>
    public void Tell()
    {
        foreach (var (code, text, location) in first)
            reporter.Warning(code, text, location);
        foreach (var (code, (shown, leftOut)) in codes)
        {
            if (leftOut > 0)
                reporter.Warning(code, string.Create(CultureInfo.InvariantCulture, $"{leftOut:N0} more of {shown + leftOut:N0} warnings of this code are not shown."));
        }
    }
}
