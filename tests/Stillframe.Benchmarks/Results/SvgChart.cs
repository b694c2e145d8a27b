using System.Globalization;
using System.Net;
using System.Text;

namespace Stillframe.Benchmarks.Results;

/// <summary>
/// A bar for each measurement, as long as its target is reached: all targets stand in one line, whatever they are about. Bars that would go on
/// for long end in an arrow. Colours follow the reader's light or dark scheme; the words beside the bars say the same.
/// </summary>
static class SvgChart
{
    const int Width = 940, Left = 390, Unit = 110, Row = 38, Top = 44, Bar = 18, Foot = 14;

    /// <summary>Bars end here, in targets.</summary>
    const double Longest = 2.5;

    const string Style = """
        <style>
          text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
          .small { font-size: 11px; fill: #59636e; }
          .met { fill: #1a7f37; }
          .missed { fill: #bc4c00; }
          .track { fill: #818b98; fill-opacity: .15; }
          .target { stroke: #1f2328; stroke-width: 1.5; stroke-dasharray: 4 3; }
          @media (prefers-color-scheme: dark) {
            text { fill: #f0f6fc; }
            .small { fill: #9198a1; }
            .met { fill: #3fb950; }
            .missed { fill: #db6d28; }
            .target { stroke: #f0f6fc; }
          }
        </style>
        """;

    public static string Write(IReadOnlyList<Measurement> measurements)
    {
        var height = Top + Row * measurements.Count + Foot;
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" role="img" aria-label="How far each measurement reaches its target">""");
        svg.AppendLine(Style);
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text class="small" x="{Left + Unit}" y="18" text-anchor="middle">target</text>""");
        for (var i = 0; i < measurements.Count; i++)
            Append(svg, measurements[i], Top + Row * i);
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<line class="target" x1="{Left + Unit}" y1="24" x2="{Left + Unit}" y2="{height - Foot}"/>""");
        return svg.AppendLine("</svg>").ToString();
    }

    static void Append(StringBuilder svg, Measurement measured, int y)
    {
        var line = measured.Line;
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="8" y="{y + 8}">{Escaped(line.What)}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text class="small" x="8" y="{y + 23}">{Escaped(line.Against is null ? "" : "against " + line.Against)}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect class="track" x="{Left}" y="{y}" width="{Longest * Unit}" height="{Bar}"/>""");
        if (measured.Reached is { } reached)
            svg.AppendLine(Shape(reached, y, measured.Met == true ? "met" : "missed"));
        var x = Left + Longest * Unit + 22;
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{x}" y="{y + 8}">{Escaped(measured.ValueText)} {(measured.Met == true ? "✓" : "")}{(measured.Met == false ? "✗ not met" : "")}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text class="small" x="{x}" y="{y + 23}">{Escaped(measured.WhyNot is null ? $"target {line.Target.Describe(line.Unit)}" : "not measured")}</text>""");
    }

    static string Shape(double reached, int y, string style)
    {
        var end = Left + Unit * Math.Min(reached, Longest);
        var tip = reached > Longest ? string.Create(CultureInfo.InvariantCulture, $"L{end + 10:0.#} {y + Bar / 2} ") : "";
        return string.Create(CultureInfo.InvariantCulture, $"""<path class="{style}" d="M{Left} {y} H{end:0.#} {tip}L{end:0.#} {y + Bar} H{Left} Z"/>""");
    }

    static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
