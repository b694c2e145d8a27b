using System.Text.Encodings.Web;
using System.Text.Json;

namespace Stillframe.MSBuild;

/// <summary>The files that pass records from task to task, and to whoever reads <c>database-image.json</c>.</summary>
static class Json
{
    static readonly JsonSerializerOptions options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // names of tables as people write them; nothing of this goes into HTML
    };

    public static async Task WriteAsync<T>(string path, T value, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, options), cancellationToken);
    }

    /// <exception cref="JsonException">Not what was written.</exception>
    public static async Task<T> ReadAsync<T>(string path, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<T>(await File.ReadAllBytesAsync(path, cancellationToken), options)
        ?? throw new JsonException($"'{path}' holds null.");
}
