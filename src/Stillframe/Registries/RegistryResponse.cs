using System.Net;
using System.Text;
using System.Text.Json;

namespace Stillframe.Registries;

/// <summary>The registry could not answer now; it may a little later.</summary>
sealed class TransientException(string answer, TimeSpan? wait = null) : Exception(answer)
{
    /// <summary>How long the registry wants us to wait.</summary>
    public TimeSpan? Wait => wait;
}

/// <summary>Reads what a registry says when it can't do what was asked. OCI distribution specification, "Error Codes".</summary>
static class RegistryResponse
{
    sealed record ErrorsJson(List<ErrorJson>? Errors);

    sealed record ErrorJson(string? Code, string? Message);

    public static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    public static async Task<TransientException> TransientAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var after = response.Headers.RetryAfter;
        var wait = after?.Delta ?? (after?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        return new(await DescribeAsync(response, cancellationToken), wait);
    }

    /// <summary>Such as <c>404 Not Found (NAME_UNKNOWN: repository name not known to registry)</c>.</summary>
    public static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        var body = await ReadStartAsync(response, cancellationToken);
        try
        {
            if (JsonSerializer.Deserialize<ErrorsJson>(body, JsonSerializerOptions.Web) is { Errors: [var error, ..] })
                return $"{status} ({error.Code}{(string.IsNullOrEmpty(error.Message) ? "" : ": " + error.Message)})";
        }
        catch (JsonException)
        {
            // a proxy's own page; its status says enough
        }

        return status;
    }

    static async Task<string> ReadStartAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var bytes = new byte[8192];
            var count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return Encoding.UTF8.GetString(bytes, 0, count);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return "";
        }
    }
}
