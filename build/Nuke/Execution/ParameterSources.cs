using System.Collections;
using System.Text.Json;

namespace Nuke.Common.Execution;

/// <summary>Values of parameters that the command line does not give: of environment variables, then of <c>.nuke/parameters.PROFILE.json</c> and <c>.nuke/parameters.json</c>.</summary>
/// <param name="directory"><c>.nuke</c>.</param>
/// <param name="profiles">As <c>--profile</c> names them; the last comes first.</param>
sealed class ParameterSources(string directory, IReadOnlyList<string> profiles)
{
    readonly IReadOnlyList<JsonElement> files = [.. profiles.Reverse().Select(profile => $"parameters.{profile}.json").Append("parameters.json").Select(name => Read(Path.Combine(directory, name), name)).OfType<JsonElement>()];

    /// <returns>Null where there is none.</returns>
    public string? Find(string name) => FromEnvironment(name) ?? files.Select(file => Of(file, name)).FirstOrDefault(value => value is not null);

    /// <summary>Of the variable of that name, or of one that differs in case, in <c>_</c> or by <c>NUKE_</c> before it.</summary>
    static string? FromEnvironment(string name)
    {
        foreach (var exact in new[] { name, $"NUKE_{name}" })
        {
            if (Environment.GetEnvironmentVariable(exact) is { Length: > 0 } value)
                return value;
        }

        return Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => Bare((string)variable.Key) is var bare && (bare.Equals(name, StringComparison.OrdinalIgnoreCase) || bare.Equals($"NUKE{name}", StringComparison.OrdinalIgnoreCase)))
            .OrderBy(variable => (string)variable.Key, StringComparer.Ordinal)
            .Select(variable => (string?)variable.Value)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value));
    }

    static string Bare(string name) => name.Replace("_", "", StringComparison.Ordinal);

    static string? Of(JsonElement file, string name) =>
        file.EnumerateObject().Where(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(property => property.Value.ToString()).FirstOrDefault();

    /// <returns>Null where there is no such file.</returns>
    /// <exception cref="UsageException">It is no JSON object.</exception>
    static JsonElement? Read(string path, string name)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new UsageException($"'.nuke/{name}' is no JSON object of parameters.");
        }
        catch (JsonException e)
        {
            throw new UsageException($"'.nuke/{name}' is no JSON: {e.Message}");
        }
    }
}
