using System.Text.Json;
using System.Text.RegularExpressions;

namespace Stillframe.Registries;

/// <summary>A part of the list of a repository's tags.</summary>
/// <param name="Next">Where the next part is; null after the last. OCI distribution specification, "Listing Tags"; RFC 8288.</param>
sealed partial record TagPage(IReadOnlyList<string> Tags, string? Next)
{
    sealed record TagsJson(IReadOnlyList<string>? Tags);

    /// <exception cref="TransientException">The answer is no list of tags.</exception>
    public static async Task<TagPage> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var json = await JsonSerializer.DeserializeAsync<TagsJson>(stream, JsonSerializerOptions.Web, cancellationToken);
            return new(json?.Tags ?? [], response.Headers.TryGetValues("Link", out var links) ? NextOf(links) : null);
        }
        catch (JsonException e)
        {
            throw new TransientException($"something that is no list of tags: {e.Message}");
        }
    }

    public static string? NextOf(IEnumerable<string> links) =>
        links.Select(link => NextLink().Match(link)).FirstOrDefault(match => match.Success)?.Groups[1].Value;

    [GeneratedRegex("""<([^>]*)>(?:\s*;[^,<]*)?;\s*rel\s*=\s*"?next\b"?""", RegexOptions.IgnoreCase)]
    private static partial Regex NextLink();
}
