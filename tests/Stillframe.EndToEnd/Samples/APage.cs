using System.Net;
using System.Text.RegularExpressions;

namespace Stillframe.EndToEnd.Samples;

/// <summary>A page of the service, as it was sent.</summary>
sealed record APage(HttpStatusCode Status, string Html)
{
    /// <summary>Text of the element with this id, as a browser shows it.</summary>
    public string Text(string id)
    {
        var match = Regex.Match(Html, $"""<(\w+) [^>]*\bid="{id}"[^>]*>(.*?)</\1>""", RegexOptions.Singleline);
        Assert.True(match.Success, $"There is no element '{id}':\n{Html}");
        return WebUtility.HtmlDecode(Regex.Replace(match.Groups[2].Value, "<[^>]*>", "")).Trim();
    }

    public string Version => Regex.Match(Html, "name=\"version\" value=\"(\\d+)\"").Groups[1].Value;

    public static async Task<APage> GetAsync(HttpClient user, string path)
    {
        using var answer = await user.GetAsync(new Uri(path, UriKind.Relative));
        return new(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends the form of a page that the user has before them, and follows to where it leads.</summary>
    public static async Task<APage> SendAsync(HttpClient user, int id, APage seen, string label)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["version"] = seen.Version, ["label"] = label });
        using var answer = await user.PostAsync(new Uri($"/objects/{id}", UriKind.Relative), form);
        return new(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
