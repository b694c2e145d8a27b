using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Stillframe.Registries;

/// <summary>
/// How a registry wants to be asked. RFC 9110, section 11.6.1; for Bearer also the CNCF distribution project's
/// "Token Authentication Specification".
/// </summary>
sealed partial record Challenge(bool IsBearer, string? Realm, string? Service, string? Scope)
{
    /// <summary>The challenge we can answer, Bearer before Basic; null where there is none.</summary>
    public static Challenge? From(HttpResponseHeaders headers)
    {
        var offered = headers.WwwAuthenticate.ToList();
        if (offered.Find(header => Is(header, "Bearer")) is { Parameter: { } parameters })
        {
            var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (Match match in Pair().Matches(parameters))
                values[match.Groups[1].Value] = match.Groups[2].Success ? match.Groups[2].Value : match.Groups[3].Value;
            return new(true, values.GetValueOrDefault("realm"), values.GetValueOrDefault("service"), values.GetValueOrDefault("scope"));
        }

        return offered.Exists(header => Is(header, "Basic")) ? new(false, null, null, null) : null;
    }

    static bool Is(AuthenticationHeaderValue header, string scheme) => string.Equals(header.Scheme, scheme, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""([A-Za-z_]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))""")]
    private static partial Regex Pair();
}
