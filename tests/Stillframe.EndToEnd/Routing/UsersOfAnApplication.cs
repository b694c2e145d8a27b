using System.Globalization;
using System.Net;
using Stillframe.Client;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

[Collection(RoutingTests.Name)]
public sealed class UsersOfAnApplication(RoutingFixture fixture)
{
    const string Key = "only for tests, and long enough for a key", Cookie = "stillframe-writes";

    string Master => fixture.Master.Server.Port.ToString(CultureInfo.InvariantCulture);

    string Newer => fixture.Newer.Port.ToString(CultureInfo.InvariantCulture);

    [NeedsFact(Need.LocalServer)]
    public async Task Who_have_written_read_from_the_master_and_others_from_the_frame()
    {
        await using var app = await StartAsync();
        using HttpClient writer = app.User(), other = app.User();
        Assert.Equal(Newer, await writer.GetStringAsync("/"));

        Assert.Equal(Master, await PostAsync(writer, "/write")); // in the same request

        Assert.Equal(Master, await writer.GetStringAsync("/"));
        Assert.Equal(Newer, await other.GetStringAsync("/"));
        Assert.Equal(Newer, await writer.GetStringAsync("/second")); // of which nothing was written
        Assert.Equal("Healthy", await other.GetStringAsync("/health"));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Who_have_got_no_answer_but_a_status_have_the_cookie_too()
    {
        await using var app = await StartAsync();
        using var writer = app.User();

        await PostAsync(writer, "/nothing");

        Assert.Equal(Master, await writer.GetStringAsync("/"));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Who_have_written_read_from_the_next_frame_that_has_it()
    {
        var cookies = new CookieContainer();
        await using (var app = await StartAsync())
        {
            using var writer = app.User(cookies);
            await PostAsync(writer, "/write");
        }

        var next = await fixture.Master.FrameAsync();
        await using var replica = await AnApplication.StartAsync(next.Address(MasterWithFrames.Schema), fixture.Master.Address, Key);
        using var later = replica.User(Of(replica, cookies));
        Assert.Equal(next.Port.ToString(CultureInfo.InvariantCulture), await later.GetStringAsync("/"));
    }

    /// <summary>What it will reach can't be asked.</summary>
    [NeedsFact(Need.LocalServer)]
    public async Task Who_have_written_are_given_closed_connections_of_the_master()
    {
        await using var app = await StartAsync();
        using HttpClient writer = app.User(), other = app.User();
        await PostAsync(writer, "/write");

        Assert.Equal((Master, Newer), (await writer.GetStringAsync("/look"), await other.GetStringAsync("/look")));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task With_a_cookie_that_somebody_else_signed_have_none_and_the_log_says_why()
    {
        await using var app = await StartAsync();
        await using var stranger = await AnApplication.StartAsync(fixture.NewerAddress, fixture.Master.Address, Key + " of another service");
        var cookies = new CookieContainer();
        using var writer = stranger.User(cookies);
        await PostAsync(writer, "/write");

        using var user = app.User(Of(app, cookies));

        Assert.Equal(Newer, await user.GetStringAsync("/"));
        Assert.Contains(app.Log, line => line.Contains("Do all replicas share the key?", StringComparison.Ordinal));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Whose_master_goes_away_read_the_frame_until_it_is_back()
    {
        using var toMaster = new Forwarder(0, fixture.Master.Server.Port);
        await using var app = await AnApplication.StartAsync(fixture.NewerAddress, fixture.Master.Address.Replace(Master, $"{toMaster.Port}", StringComparison.Ordinal), Key);
        var cookies = new CookieContainer();
        using var writer = app.User(cookies);
        await PostAsync(writer, "/write");

        toMaster.Dispose();

        Assert.Equal($"{Newer} stale", await writer.GetStringAsync("/")); // reads go on
        using var failed = await writer.PostAsync(new Uri("/write", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        using var again = new Forwarder(toMaster.Port, fixture.Master.Server.Port);
        Assert.Equal(Master, await writer.GetStringAsync("/"));
    }

    Task<AnApplication> StartAsync() => AnApplication.StartAsync(fixture.NewerAddress, fixture.Master.Address, Key);

    static async Task<string> PostAsync(HttpClient user, string path)
    {
        using var answer = (await user.PostAsync(new Uri(path, UriKind.Relative), null)).EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The same user at another replica.</summary>
    static CookieContainer Of(AnApplication app, CookieContainer cookies)
    {
        var own = new CookieContainer();
        own.Add(app.Address, new Cookie(Cookie, cookies.GetAllCookies().Single(one => one.Name == Cookie).Value));
        return own;
    }
}
