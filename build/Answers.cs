using Stillframe;
using Stillframe.Consoles;

/// <summary>What a target was asked for; with <c>--json</c>, all there is on standard output.</summary>
static class Answers
{
    static readonly TextWriter output = Console.Out;

    /// <summary>Before anything is printed: with <c>--json</c>, what the build says of itself goes to standard error.</summary>
    public static void Prepare()
    {
        _ = output;
        if (Environment.GetCommandLineArgs().Contains("--json"))
            Console.SetOut(Console.Error);
    }

    /// <summary>Prints what <paramref name="ask"/> gives; an error with its code.</summary>
    public static async Task PrintAsync<T>(bool json, Func<Task<T>> ask, Func<T, IEnumerable<string>> lines)
    {
        try
        {
            await output.WriteLineAsync(Answer.Text(await ask(), json, lines));
        }
        catch (StillframeException e)
        {
            Nuke.Common.Assert.Fail($"{e.Code}: {e.Message}");
        }
    }
}
