using System.Globalization;
using System.Net;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Routing;

namespace Stillframe.EndToEnd.Samples;

/// <summary>The sample of eventual consistency: a real master, real frames, and the service as a process of its own.</summary>
[Collection(SampleTests.Name)]
public sealed class UsersOfTheLabels(LabelsFixture museum)
{
    [NeedsFact(Need.LocalServer)]
    public async Task See_their_own_change_at_once_and_others_see_it_after_the_next_refresh()
    {
        const string label = "Changed: <b>not bold</b> & \"quoted\".";
        var first = await museum.FrameAsync();
        await using var service = await museum.ServeAsync(first);
        using HttpClient writer = service.Client(), other = service.Client();
        var before = await APage.GetAsync(writer, "/objects/17");
        Assert.Equal(("a frame", "You have changed nothing: you read what everybody reads."), (before.Text("source"), before.Text("own")));
        Assert.Equal(first.Build.DataVersion[..12], before.Text("data-version"));

        var own = await APage.SendAsync(writer, 17, before, label);

        Assert.Equal((HttpStatusCode.OK, label), (own.Status, own.Text("shown")));
        Assert.Equal("the master", own.Text("source"));
        Assert.StartsWith("Your last change is not in the frames yet", own.Text("own"), StringComparison.Ordinal);
        Assert.Equal(first.Build.DataVersion[..12] + ", and what was written since", own.Text("data-version"));
        Assert.Equal(label, (await APage.GetAsync(writer, "/?q=not+bold")).Text("object-17")[^label.Length..]);
        Assert.Equal(before.Text("shown"), (await APage.GetAsync(other, "/objects/17")).Text("shown"));

        var next = await museum.FrameAsync();
        await museum.ReplaceAsync(service, next);

        own = await APage.GetAsync(writer, "/objects/17");
        Assert.Equal(("a frame", label, "Your last change is in the frames: everybody sees it."), (own.Text("source"), own.Text("shown"), own.Text("own")));
        var others = await APage.GetAsync(other, "/objects/17");
        Assert.Equal((label, next.Build.DataVersion[..12], "You have changed nothing: you read what everybody reads."), (others.Text("shown"), others.Text("data-version"), others.Text("own")));
        Assert.Equal("Healthy", await other.GetStringAsync("/health"));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Are_told_that_nothing_was_saved_while_the_master_is_away_and_read_on()
    {
        var frame = await museum.FrameAsync();
        using var toMaster = new Forwarder(0, museum.Master.Port);
        await using var service = await museum.ServeAsync(frame, LabelsFixture.AddressBy(toMaster.Port));
        using HttpClient writer = service.Client(), other = service.Client();
        var before = await APage.GetAsync(writer, "/objects/18");
        var saved = await APage.SendAsync(writer, 18, before, "Saved while the master was there.");

        toMaster.Dispose();

        var stale = await APage.GetAsync(writer, "/objects/18");
        Assert.Equal(("a frame", before.Text("shown")), (stale.Text("source"), stale.Text("shown")));
        Assert.EndsWith("and the master is away: you see the labels as they were before.", stale.Text("own"), StringComparison.Ordinal);
        var list = await APage.GetAsync(other, "/");
        Assert.Equal((HttpStatusCode.OK, "a frame"), (list.Status, list.Text("source")));
        var refused = await APage.SendAsync(other, 18, before, "Never saved.");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Never saved."), (refused.Status, refused.Text("label")));
        Assert.Equal("The master is away. Your change was not saved; reading goes on. Please save again later.", refused.Text("problem"));
        Assert.DoesNotContain("   at ", refused.Html, StringComparison.Ordinal); // no stack trace
        Assert.Equal("Degraded", await other.GetStringAsync("/health"));
        Assert.Equal(0, await ProbeAsync(service.Address)); // it is no reason to replace a container that reads go on from

        using var again = new Forwarder(toMaster.Port, museum.Master.Port);
        Assert.Equal(saved.Text("shown"), (await APage.GetAsync(writer, "/objects/18")).Text("shown"));
        await service.DisposeAsync();
        Assert.Equal(1, await ProbeAsync(service.Address));
    }

    /// <summary>The second has read the frame, where the first one's change is not.</summary>
    [NeedsFact(Need.LocalServer)]
    public async Task Do_not_write_over_what_somebody_else_has_written_since()
    {
        await using var service = await museum.ServeAsync(await museum.FrameAsync());
        using HttpClient first = service.Client(), second = service.Client();
        var seen = await APage.GetAsync(second, "/objects/19");
        await APage.SendAsync(first, 19, await APage.GetAsync(first, "/objects/19"), "By the first.");

        var conflict = await APage.SendAsync(second, 19, seen, "By the second.");

        Assert.Equal((HttpStatusCode.Conflict, "By the first.", "By the second."), (conflict.Status, conflict.Text("shown"), conflict.Text("label")));
        Assert.Equal("By the second.", (await APage.SendAsync(second, 19, conflict, "By the second.")).Text("shown"));
        Assert.Equal("By the second.", await museum.ScalarAsync("SELECT label FROM labels.object WHERE id = 19"));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Are_told_what_is_wrong_with_what_they_send()
    {
        await using var service = await museum.ServeAsync(await museum.FrameAsync());
        using var user = service.Client();
        var page = await APage.GetAsync(user, "/objects/20");
        Task<string?> VersionAsync() => museum.ScalarAsync("SELECT version FROM labels.object WHERE id = 20");
        var version = await VersionAsync();

        var tooLong = await APage.SendAsync(user, 20, page, new string('x', 1001));

        Assert.Equal((HttpStatusCode.BadRequest, "A label has 1 to 1000 characters, and this one 1001."), (tooLong.Status, tooLong.Text("problem")));
        Assert.Equal(HttpStatusCode.BadRequest, (await APage.SendAsync(user, 20, page, "  ")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await APage.GetAsync(user, "/objects/4711")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await APage.GetAsync(user, "/nowhere")).Status);
        user.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await APage.SendAsync(user, 20, page, "From another site.")).Status);
        Assert.Equal(version, await VersionAsync());
    }

    /// <summary>As a container engine asks.</summary>
    static async Task<int> ProbeAsync(Uri service) => (await Command.RunAsync(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "Labels.dll"), "--probe"], environment: new Dictionary<string, string?> { ["ASPNETCORE_HTTP_PORTS"] = service.Port.ToString(CultureInfo.InvariantCulture) })).ExitCode;
}
