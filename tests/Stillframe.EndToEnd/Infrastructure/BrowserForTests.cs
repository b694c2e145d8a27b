using PuppeteerSharp;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>A browser of this machine without a window; it and what it writes are gone after its disposal.</summary>
public sealed class BrowserForTests : IAsyncDisposable
{
    static readonly string[] programs = ["chromium", "google-chrome", "chromium-browser"];

    readonly IBrowser browser;
    readonly TemporaryDirectory directory;

    BrowserForTests(IBrowser browser, TemporaryDirectory directory) => (this.browser, this.directory) = (browser, directory);

    /// <summary>Null where there is none.</summary>
    public static string? Program { get; } = programs.Select(ChildProcess.Find).FirstOrDefault(path => path is not null);

    public static async Task<BrowserForTests> StartAsync()
    {
        var directory = TemporaryDirectory.Create();
        try
        {
            return new(
                await Puppeteer.LaunchAsync(new()
                {
                    ExecutablePath = Program,
                    UserDataDir = directory.Path,
                    Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--force-color-profile=srgb", "--js-flags=--max-old-space-size=256"], // root has no sandbox
                }),
                directory);
        }
        catch
        {
            await directory.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody with cookies of their own, whose browser runs no scripts.</summary>
    /// <param name="service">Which all of their paths belong to.</param>
    public async Task<User> UserAsync(Uri service)
    {
        var context = await browser.CreateBrowserContextAsync();
        var page = await context.NewPageAsync();
        await page.SetJavaScriptEnabledAsync(false);
        await page.SetViewportAsync(new() { Width = 760, Height = 700 });
        return new(context, page, service);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        await directory.DisposeAsync();
    }

    public sealed class User(IBrowserContext context, IPage page, Uri service) : IAsyncDisposable
    {
        public Task GoAsync(string path) => page.GoToAsync(new Uri(service, path).ToString());

        /// <summary>Text of the one element that a selector of CSS names.</summary>
        public async Task<string> TextAsync(string selector)
        {
            var element = await page.QuerySelectorAsync(selector);
            Assert.True(element is not null, $"There is no '{selector}':\n{await page.GetContentAsync()}");
            return (await element.EvaluateFunctionAsync<string>("element => element.innerText")).Trim();
        }

        /// <summary>Types in place of what is there.</summary>
        public async Task WriteAsync(string selector, string text)
        {
            await page.FocusAsync(selector);
            await page.Keyboard.DownAsync("Control");
            await page.Keyboard.PressAsync("a");
            await page.Keyboard.UpAsync("Control");
            await page.Keyboard.TypeAsync(text);
        }

        /// <summary>Clicks, and returns when the page that follows is there.</summary>
        public Task ClickAsync(string selector) => Task.WhenAll(page.WaitForNavigationAsync(), page.ClickAsync(selector));

        public Task TakePictureAsync(string file) => page.ScreenshotAsync(file);

        public async ValueTask DisposeAsync() => await context.CloseAsync();
    }
}
