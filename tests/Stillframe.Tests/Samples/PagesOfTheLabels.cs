using Labels.Pages;

namespace Stillframe.Tests.Samples;

public class PagesOfTheLabels
{
    [Fact]
    public void Encode_every_value_but_html()
    {
        var value = "<script>\"'&é";
        Html part = $"<b>{value}</b>";
        Html page = $"""<p title="{value}">{part} {new[] { part, part }} {7}</p>""";

        const string encoded = "&lt;script&gt;&quot;&#x27;&amp;é";
        Assert.Equal($"""<p title="{encoded}"><b>{encoded}</b> <b>{encoded}</b><b>{encoded}</b> 7</p>""", page.ToString());
    }

    [Theory]
    [InlineData(59, "less than a minute")]
    [InlineData(60, "1 minute")]
    [InlineData(3599, "59 minutes")]
    [InlineData(3600, "1 hour")]
    [InlineData(86_399, "23 hours")]
    [InlineData(200_000, "2 days")]
    public void Give_an_age_in_its_largest_unit(int seconds, string text) => Assert.Equal(text, Banner.Age(TimeSpan.FromSeconds(seconds)));
}
