using System.Globalization;
using System.Net;

namespace Demo;

/// <summary>What <see cref="Figures"/> has, anew each second.</summary>
static class FiguresPage
{
    const string Style = """
        body { font: 16px/1.4 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b }
        table { border-collapse: collapse; margin: .5rem 0 1.5rem } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top }
        .n { text-align: right; font-variant-numeric: tabular-nums } .bad { color: #b00020; font-weight: bold } .good { color: #1b6e20; font-weight: bold }
        """;

    public static string Write(Figures figures, DateTimeOffset now)
    {
        var seen = figures.SecondsUntilSeen;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>Stillframe at work</title><style>{Style}</style></head>
            <body><h1>Stillframe at work</h1>
            <table>
            <tr><th>Running for</th><td class="n">{now - figures.Began:hh\:mm\:ss}</td></tr>
            <tr><th>Answers</th><td class="n" id="reads">{figures.Reads:N0}</td></tr>
            <tr><th>Requests that failed</th><td class="n {(figures.Failed == 0 ? "good" : "bad")}" id="failed">{figures.Failed:N0}</td></tr>
            <tr><th>Labels changed</th><td class="n">{figures.Writes:N0}</td></tr>
            <tr><th>… and seen at once by who changed them</th><td class="n">{figures.OwnWritesSeen:N0}</td></tr>
            <tr><th>… and seen by others, from a frame, after</th><td class="n">{(seen.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{seen.Min():0} to {seen.Max():0} s ({seen.Count} changes)"))}</td></tr>
            </table>
            <h2>Who answers</h2>
            <table><tr><th>Replica · data version</th><th class="n">Answers</th><th class="n">The last one took</th><th></th></tr>
            {string.Concat(figures.ByReplica.Select(one => Row(one, now)))}
            </table>
            <h2>What happened</h2>
            <table>
            {string.Concat(figures.Events.Reverse().Select(one => string.Create(CultureInfo.InvariantCulture, $"<tr><td class=\"n\">{one.At.ToLocalTime():HH:mm:ss}</td><td>{WebUtility.HtmlEncode(one.What)}</td></tr>\n")))}
            </table>
            {string.Concat(figures.Failures.Select(failure => $"<p class=\"bad\">{WebUtility.HtmlEncode(failure)}</p>\n"))}
            <p><a href="/">The service itself</a>. Ctrl+C in the terminal ends everything, and nothing of it stays.</p>
            </body></html>
            """);
    }

    static string Row(KeyValuePair<string, Served> one, DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"""
        <tr><td>{WebUtility.HtmlEncode(one.Key)}</td><td class="n">{one.Value.Answers:N0}</td><td class="n">{one.Value.Took.TotalMilliseconds:0.0} ms</td><td>{(now - one.Value.Last < TimeSpan.FromSeconds(5) ? "now" : "")}</td></tr>

        """);
}
