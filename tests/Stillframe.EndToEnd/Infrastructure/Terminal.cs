using System.Collections;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>A terminal as a person has one, of tmux, and one program in it. The environment is that of somebody who has just logged in: no build server's.</summary>
public sealed class Terminal : IAsyncDisposable
{
    const int Columns = 110;
    const int Rows = 40;

    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200); // each is a process

    /// <summary>What an ordinary log-in has.</summary>
    static readonly string[] kept = ["PATH", "HOME", "USER", "LANG", "TMPDIR", "XDG_CACHE_HOME"];

    /// <summary>Beginnings of what programs and packages are found by.</summary>
    static readonly string[] keptKinds = ["DOTNET_", "NUGET_", "SSL_", "DOCKER_", "HTTP_", "HTTPS_", "NO_PROXY"];

    readonly TemporaryDirectory directory;
    readonly string socket;

    Terminal(TemporaryDirectory directory) => (this.directory, socket) = (directory, Path.Combine(directory.Path, "tmux"));

    string ExitCodeFile => Path.Combine(directory.Path, "code");

    public static async Task<Terminal> StartAsync(string workingDirectory, IReadOnlyDictionary<string, string?> environment, params string[] command)
    {
        var terminal = new Terminal(TemporaryDirectory.Create());
        var configuration = Path.Combine(terminal.directory.Path, "tmux.conf");
        await File.WriteAllTextAsync(configuration, "set -g remain-on-exit on\nset -g history-limit 10000\n");
        var all = Command.Environment(environment);
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value))
            .Where(variable => kept.Contains(variable.Name) || keptKinds.Any(kind => variable.Name.StartsWith(kind, StringComparison.OrdinalIgnoreCase)))
            .Concat(all.Select(variable => (Name: variable.Key, variable.Value)))
            .Where(variable => variable.Value is not null).Select(variable => $"{variable.Name}={variable.Value}");
        await Command.SucceedAsync(
            "env",
            [
                "-i", .. variables, "TERM=xterm-256color", "tmux", "-S", terminal.socket, "-f", configuration, "new-session", "-d", "-x", $"{Columns}", "-y", $"{Rows}", "-c", workingDirectory,
                $"trap : INT; {string.Join(' ', command.Select(word => $"'{word}'"))}; echo $? >{terminal.ExitCodeFile}.new; mv {terminal.ExitCodeFile}.new {terminal.ExitCodeFile}",
            ]);
        return terminal;
    }

    /// <summary>All that was shown, what has scrolled out at the top included.</summary>
    public Task<string> ScreenAsync() => TmuxAsync("capture-pane", "-p", "-J", "-S", "-");

    /// <summary>Waits until it shows that.</summary>
    public async Task ShowsAsync(string text)
    {
        var screen = "";
        await Eventually.IsTrueAsync(
            async () =>
            {
                var ended = await ExitCodeAsync() is not null; // and what it showed before is here
                screen = await ScreenAsync();
                return ended || screen.Contains(text, StringComparison.Ordinal);
            },
            () => $"It does not show '{text}':\n{screen}",
            Glance);
        Assert.True(screen.Contains(text, StringComparison.Ordinal), $"It ended without showing '{text}':\n{screen}");
    }

    /// <param name="key">As tmux names it, such as <c>C-c</c>.</param>
    public Task PressAsync(string key) => TmuxAsync("send-keys", key);

    /// <summary>Waits for the program's end, and gives all that was shown.</summary>
    public async Task<(int ExitCode, string Screen)> EndAsync()
    {
        int? code = null;
        await Eventually.IsTrueAsync(async () => (code = await ExitCodeAsync()) is not null, () => "It does not end.", Glance);
        return (code!.Value, await ScreenAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await ChildProcess.RunAsync("tmux", ["-S", socket, "kill-server"]);
        directory.Dispose();
    }

    /// <summary>By the shell: tmux does not always know it.</summary>
    async Task<int?> ExitCodeAsync() =>
        File.Exists(ExitCodeFile) ? int.Parse(await File.ReadAllTextAsync(ExitCodeFile), System.Globalization.CultureInfo.InvariantCulture) : null;

    Task<string> TmuxAsync(params string[] arguments) => Command.SucceedAsync("tmux", ["-S", socket, .. arguments]);
}
