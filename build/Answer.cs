using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stillframe;

/// <summary>What a target was asked for: lines for people, or JSON, which is then all there is on standard output.</summary>
static class Answer
{
    static readonly TextWriter output = Console.Out;

    static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

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
            var answer = await ask();
            await output.WriteLineAsync(json ? JsonSerializer.Serialize(answer, options) : string.Join(Environment.NewLine, lines(answer)));
        }
        catch (StillframeException e)
        {
            Nuke.Common.Assert.Fail($"{e.Code}: {e.Message}");
        }
    }
}
