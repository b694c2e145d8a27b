using System.Text.Json;
using System.Xml.Linq;
using Stillframe.Benchmarks;
using Stillframe.Benchmarks.Results;

namespace Stillframe.Tests.Benchmarks;

public class Reports
{
    static readonly Line Faster = new("build & pack <all>", "the usual", "s", new Target.TimesLess(2));

    static readonly IReadOnlyList<Measurement> Measurements =
        [Faster.Measured(1, 2, "exactly so"), Faster.Measured(1, 1), Faster.Measured(0, 1), Faster.NotMeasured("no engine")];

    [Fact]
    public void A_chart_is_well_formed_and_has_a_bar_for_each_number()
    {
        var bars = XElement.Parse(SvgChart.Write(Measurements)).Descendants().Where(element => element.Name.LocalName == "path").ToList();

        Assert.Equal(["met", "missed", "met"], bars.Select(bar => (string?)bar.Attribute("class")));
        Assert.Contains("H500 ", (string?)bars[0].Attribute("d"), StringComparison.Ordinal); // at the target's line
    }

    [Fact]
    public void Json_holds_every_measurement_also_of_endless_ratios()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(RunRecord.Begin(new Sizes()), Measurements));

        var met = json.RootElement.GetProperty("measurements").EnumerateArray().Select(measured => measured.GetProperty("met").ToString());
        Assert.Equal(["True", "False", "True", ""], met);
    }

    [Fact]
    public void Markdown_says_why_a_line_is_empty()
    {
        var table = MarkdownReport.Write(RunRecord.Begin(new Sizes()), Measurements);

        Assert.Contains("| build & pack <all> | the usual | 1 s | 2 s | 2.00 × | ≥ 2 × faster | met |", table, StringComparison.Ordinal);
        Assert.Contains("not measured: no engine", table, StringComparison.Ordinal);
    }
}
