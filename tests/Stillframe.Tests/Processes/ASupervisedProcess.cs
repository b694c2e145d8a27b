using System.Globalization;
using Stillframe.Processes;

namespace Stillframe.Tests.Processes;

public class ASupervisedProcess
{
    static SupervisedProcess Shell(string script) => SupervisedProcess.Start(["/bin/sh", "-c", script]);

    /// <summary>Starts a process that writes its own id and then runs for long; its id.</summary>
    static async Task<(SupervisedProcess, int)> RunningAsync(string ended = "exec sleep 1000")
    {
        var process = Shell($"echo $$; echo ready; {ended}");
        await process.AppearsAsync("ready");
        return (process, Number(process.LogTail.Split('\n')[0]));
    }

    static bool IsRunning(int id) => Directory.Exists($"/proc/{id}");

    [Fact]
    public async Task Gives_its_exit_code_and_both_outputs()
    {
        await using var process = Shell("echo out; echo err >&2; exit 7");

        Assert.Equal(7, await process.Exited);
        Assert.Equal(["err", "out"], process.LogTail.Split(Environment.NewLine).Order());
    }

    [Fact]
    public async Task Gets_its_arguments_as_they_are()
    {
        await using var process = SupervisedProcess.Start(["/bin/echo", "two words", "$HOME", "'quoted'", ""]);
        await process.Exited;

        Assert.Equal("two words $HOME 'quoted' ", process.LogTail);
    }

    [Fact]
    public async Task Is_gone_after_disposal()
    {
        var (process, id) = await RunningAsync("trap '' TERM INT HUP; exec sleep 1000");
        await process.DisposeAsync();
        await process.DisposeAsync();

        Assert.False(IsRunning(id));
        Assert.Equal(137, await process.Exited);
    }

    [Fact]
    public async Task Has_ended_even_if_a_child_of_it_lives_on()
    {
        await using var process = Shell("sleep 1000 & echo $!; exit 4");

        Assert.Equal(4, await process.Exited.WaitAsync(Eventually.Limit));
        var child = Number(process.LogTail);
        Assert.True(IsRunning(child));
        await ChildProcess.RunAsync("kill", ["-s", "KILL", $"{child}"]);
    }

    [Fact]
    public async Task Gets_signals_by_name()
    {
        await using var process = Shell("trap 'exit 3' TERM; echo ready; while :; do sleep 0.05; done");
        await process.AppearsAsync("ready");
        await process.SignalAsync("TERM");

        Assert.Equal(3, await process.Exited.WaitAsync(Eventually.Limit));
        await process.SignalAsync("TERM"); // too late, and no error
    }

    [Theory]
    [InlineData("INT")] // Ctrl+C
    [InlineData("QUIT")]
    [InlineData("HUP")] // the terminal closes
    public async Task Leaves_the_terminals_signals_to_its_owner(string signal)
    {
        var (process, id) = await RunningAsync();
        var shell = ParentOf(id);
        await ChildProcess.RunAsync("kill", ["-s", signal, $"{shell}"]);
        if (signal != "HUP") // which a program may handle itself
            await ChildProcess.RunAsync("kill", ["-s", signal, $"{id}"]);

        Assert.True(Ignores(shell, signal));
        Assert.True(signal == "HUP" || Ignores(id, signal));
        Assert.True(IsRunning(id));
        Assert.False(process.Exited.IsCompleted);
        await process.DisposeAsync();
        Assert.False(IsRunning(id));
    }

    [Fact]
    public async Task Is_killed_at_disposal_even_if_its_shell_was_killed_before()
    {
        var (process, id) = await RunningAsync();
        var shell = ParentOf(id);
        // it lets go of the pipe when the one who waits at it is there
        await Eventually.IsTrueAsync(() => !Path.Exists($"/proc/{shell}/fd/3"), () => "The shell still holds the pipe.");
        await ChildProcess.RunAsync("kill", ["-s", "KILL", $"{shell}"]);
        await process.DisposeAsync();

        // nobody is left to tell when
        await Eventually.IsTrueAsync(() => !IsRunning(id), () => $"{id} is still running.");
    }

    static int ParentOf(int id) => Number(File.ReadAllText($"/proc/{id}/stat").Split(") ")[1].Split(' ')[1]);

    /// <summary>What a process ignores is gone as soon as it is sent (proc(5), "SigIgn").</summary>
    static bool Ignores(int id, string signal)
    {
        var number = signal switch { "HUP" => 1, "INT" => 2, _ => 3 };
        var mask = File.ReadLines($"/proc/{id}/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Split('\t')[1];
        return (ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (number - 1) & 1) == 1;
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
