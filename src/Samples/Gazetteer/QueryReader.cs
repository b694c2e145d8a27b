using System.Globalization;

namespace Gazetteer;

/// <summary>Reads the parameters of a request and gathers everything that is wrong with them.</summary>
/// <remarks>ASP.NET's own binding answers a number that is none with 400, and names neither parameter nor range.</remarks>
public sealed class QueryReader(IQueryCollection query)
{
    readonly Dictionary<string, string[]> errors = [];

    /// <summary>By parameter: what is wrong and what is right, for a problem details answer. Empty where all is well.</summary>
    public IDictionary<string, string[]> Errors => errors;

    /// <summary>Text that must be there.</summary>
    public string Text(string name, int maximumLength)
    {
        var text = OptionalText(name, maximumLength);
        if (text is null && !errors.ContainsKey(name))
            Refuse(name, $"is missing: give 1 to {maximumLength} characters");
        return text ?? "";
    }

    /// <returns>Null where it is missing or empty.</returns>
    public string? OptionalText(string name, int maximumLength)
    {
        var text = Value(name);
        if (text?.Length > maximumLength)
            Refuse(name, $"has {text.Length} characters: give at most {maximumLength}");
        return text;
    }

    public double Number(string name, double minimum, double maximum, double? missing = null) =>
        Parse(name, minimum, maximum, missing, static text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null);

    public int Integer(string name, int minimum, int maximum, int missing) =>
        Parse(name, minimum, maximum, missing, static text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null);

    T Parse<T>(string name, T minimum, T maximum, T? missing, Func<string, T?> parse)
        where T : struct, IComparable<T>
    {
        var text = Value(name);
        if (text is null && missing is { } value)
            return value;
        // NaN sorts below every number, so it is out of every range
        if (text is not null && parse(text) is { } number && number.CompareTo(minimum) >= 0 && number.CompareTo(maximum) <= 0)
            return number;
        Refuse(name, string.Create(CultureInfo.InvariantCulture, $"{(text is null ? "is missing" : $"is {text}")}: give a number from {minimum} to {maximum}"));
        return default;
    }

    string? Value(string name)
    {
        var values = query[name];
        if (values.Count > 1)
            Refuse(name, $"is given {values.Count} times: give it once");
        var text = values.FirstOrDefault()?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    void Refuse(string name, string reason) => errors.TryAdd(name, [$"{name} {reason}."]);
}
