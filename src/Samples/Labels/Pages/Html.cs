using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Labels.Pages;

/// <summary>HTML written as <c>$"…"</c>: every value in it is encoded, but those that are HTML themselves. Attributes have to be in quotation marks.</summary>
[InterpolatedStringHandler]
public sealed class Html(int literalLength, int formattedCount)
{
    static readonly HtmlEncoder encoder = HtmlEncoder.Create(UnicodeRanges.All);

    readonly StringBuilder text = new(literalLength + (formattedCount * 16));

    /// <summary>Nothing.</summary>
    public static Html Empty { get; } = new(0, 0);

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(string? value) => text.Append(encoder.Encode(value ?? ""));

    public void AppendFormatted(long value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Html html) => text.Append(html.text);

    public void AppendFormatted(IEnumerable<Html> all)
    {
        foreach (var html in all)
            text.Append(html.text);
    }

    public override string ToString() => text.ToString();
}
