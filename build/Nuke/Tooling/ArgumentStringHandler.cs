using System.Runtime.CompilerServices;
using System.Text;

namespace Nuke.Common.Tooling;

/// <summary>A command line written as an interpolated string: values with spaces are quoted, those formatted <c>:r</c> are not logged.</summary>
[InterpolatedStringHandler]
public readonly struct ArgumentStringHandler
{
    readonly StringBuilder text;
    readonly List<string> secrets = [];

    public ArgumentStringHandler(int literalLength, int formattedCount) => text = new(literalLength + (16 * formattedCount));

    public static implicit operator ArgumentStringHandler(string value)
    {
        var handler = new ArgumentStringHandler(value.Length, 0);
        handler.AppendLiteral(value);
        return handler;
    }

    public void AppendLiteral(string value) => text.Append(value);

    public void AppendFormatted(object? value, int alignment = 0, string? format = null)
    {
        var text = value?.ToString() ?? "";
        if (format == "r")
            secrets.Add(text);
        this.text.Append(format != "nq" && text.Contains(' ', StringComparison.Ordinal) && text[0] != '"' ? $"\"{text}\"" : text);
    }

    public string ToStringAndClear() => text.ToString();

    /// <summary>Takes the secrets out of a text.</summary>
    public Func<string, string> GetFilter()
    {
        var secrets = this.secrets;
        return text => secrets.Where(secret => secret.Length > 0).Aggregate(text, (part, secret) => part.Replace(secret, "[REDACTED]", StringComparison.Ordinal));
    }
}
