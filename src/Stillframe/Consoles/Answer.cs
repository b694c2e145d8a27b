using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillframe.Consoles;

/// <summary>What a command was asked for, as it is printed: lines for people, or JSON for programs.</summary>
public static class Answer
{
    static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // names of tables as people write them; nothing of this goes into HTML
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <param name="lines">For people.</param>
    public static string Text<T>(T answer, bool json, Func<T, IEnumerable<string>> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return json ? JsonSerializer.Serialize(answer, options) : string.Join(Environment.NewLine, lines(answer));
    }
}
