using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Samples;

/// <summary>What users see, in a real browser; the pictures of docs/ are taken here.</summary>
[Collection(SampleTests.Name)]
public sealed class TheLabelsInABrowser(LabelsFixture museum)
{
    const int Object = 42;

    const string Label = "A spindle whorl of bone. Somebody looked closely and found a name on it.";

    static string Pictures => Directory.CreateDirectory(Repository.PathOf("artifacts/screenshots")).FullName;

    [NeedsFact(Need.LocalServer, Need.Browser)]
    public async Task Show_a_change_to_who_made_it_and_after_the_next_refresh_to_others()
    {
        await using var service = await museum.ServeAsync(await museum.FrameAsync());
        await using var browser = await BrowserForTests.StartAsync();
        await using var writer = await browser.UserAsync(service.Address);
        await using var other = await browser.UserAsync(service.Address);

        await writer.GoAsync($"/objects/{Object}");
        var before = await writer.TextAsync("#shown");
        await writer.WriteAsync("#label", Label);
        await writer.ClickAsync("#save");

        Assert.Equal((Label, "the master"), (await writer.TextAsync("#shown"), await writer.TextAsync("#source")));
        await writer.TakePictureAsync(Path.Combine(Pictures, "labels-not-yet.png"));
        await other.GoAsync($"/objects/{Object}");
        Assert.Equal((before, "a frame"), (await other.TextAsync("#shown"), await other.TextAsync("#source")));

        await museum.ReplaceAsync(service, await museum.FrameAsync());

        await writer.GoAsync($"/objects/{Object}");
        Assert.Equal((Label, "a frame"), (await writer.TextAsync("#shown"), await writer.TextAsync("#source")));
        Assert.Equal("Your last change is in the frames: everybody sees it.", await writer.TextAsync("#own"));
        await writer.TakePictureAsync(Path.Combine(Pictures, "labels-in-the-frames.png"));
        await other.GoAsync("/");
        await other.WriteAsync("#q", "looked closely and found");
        await other.ClickAsync(".search button");
        Assert.Equal(Label, await other.TextAsync($"#object-{Object} .label"));
        await other.ClickAsync($"#object-{Object} a");
        Assert.Equal((Label, "You have changed nothing: you read what everybody reads."), (await other.TextAsync("#shown"), await other.TextAsync("#own")));
    }
}
