using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Demo;

/// <summary>Somebody with a browser: reads all the time, changes a label now and then, and looks at once whether the change is there.</summary>
sealed partial class User(string name, Uri front, Figures figures) : IDisposable
{
    /// <summary>The sample has as many objects at least.</summary>
    const int Objects = 100;

    readonly HttpClient browser = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true }) { BaseAddress = front, Timeout = TimeSpan.FromSeconds(10) };
    readonly HttpClient stranger = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = front, Timeout = TimeSpan.FromSeconds(10) };
    readonly Random random = new(name.GetHashCode(StringComparison.Ordinal));

    /// <summary>Until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        (int Id, string Label, Stopwatch Since)? waiting = null;
        for (var turn = 0; ; turn++)
        {
            await Task.Delay(random.Next(20, 60), cancellationToken);
            if (turn % 100 == 50 && waiting is null)
                waiting = await ChangeAsync(random.Next(1, Objects + 1), cancellationToken);
            else if (await GetAsync(stranger, waiting is { } own ? $"/objects/{own.Id}" : "/", cancellationToken) is { } page && waiting is { } mine && page.Contains(mine.Label, StringComparison.Ordinal))
            {
                figures.SeenByOthers(mine.Since.Elapsed);
                waiting = null;
            }
        }
    }

    public void Dispose()
    {
        browser.Dispose();
        stranger.Dispose();
    }

    async Task<(int, string, Stopwatch)?> ChangeAsync(int id, CancellationToken cancellationToken)
    {
        if (await GetAsync(browser, $"/objects/{id}", cancellationToken) is not { } before || Version().Match(before) is not { Success: true } version)
            return null;
        var label = string.Create(CultureInfo.InvariantCulture, $"Changed by {name} at {DateTime.UtcNow:HH:mm:ss.fff}.");
        using var form = new FormUrlEncodedContent([new("label", label), new("version", version.Groups[1].Value)]);
        var page = await AskAsync(() => browser.PostAsync($"/objects/{id}", form, cancellationToken), $"POST /objects/{id}", cancellationToken, HttpStatusCode.Conflict);
        if (page is null || !page.Contains(label, StringComparison.Ordinal))
            return null;
        figures.Written();
        if (await GetAsync(browser, $"/objects/{id}", cancellationToken) is not { } after)
            return null;
        if (after.Contains(label, StringComparison.Ordinal))
            figures.OwnWriteSeen();
        else
            figures.Fail($"{name} did not see their own change of object {id}");
        return (id, label, Stopwatch.StartNew());
    }

    async Task<string?> GetAsync(HttpClient client, string path, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var page = await AskAsync(() => client.GetAsync(path, cancellationToken), $"GET {path}", cancellationToken);
        if (page is not null)
            figures.Read($"{Text(Replica(), page)} · {Text(DataVersion(), page)}", clock.Elapsed);
        return page;
    }

    async Task<string?> AskAsync(Func<Task<HttpResponseMessage>> ask, string what, CancellationToken cancellationToken, HttpStatusCode? alsoGood = null)
    {
        try
        {
            using var response = await ask();
            if (response.IsSuccessStatusCode || response.StatusCode == alsoGood)
                return await response.Content.ReadAsStringAsync(cancellationToken);
            figures.Fail($"{what}: {(int)response.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            figures.Fail($"{what}: {e.Message}");
        }

        return null;
    }

    static string Text(Regex pattern, string page) => pattern.Match(page) is { Success: true } match ? match.Groups[1].Value : "?";

    [GeneratedRegex("""id="replica">([^<]*)<""")]
    private static partial Regex Replica();

    [GeneratedRegex("""id="data-version" title="[0-9a-f]*">([^<,]*)""")]
    private static partial Regex DataVersion();

    [GeneratedRegex("""name="version" value="(\d+)"|value="(?<1>\d+)" name="version" """)]
    private static partial Regex Version();
}
