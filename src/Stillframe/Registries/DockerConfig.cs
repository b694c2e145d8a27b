using System.Text;
using System.Text.Json;
using Stillframe.Oci;

namespace Stillframe.Registries;

/// <summary>Docker's client configuration. Docker CLI manual, "docker login", sections "Credential stores" and "Credential helpers".</summary>
/// <remarks>Own: the SDK's reader is a part of its container tasks, and does not tell where it found what it found; messages here do.</remarks>
static class DockerConfig
{
    const string DockerHubServer = "https://index.docker.io/v1/";

    sealed record ConfigJson(
        Dictionary<string, AuthJson>? Auths, Dictionary<string, string>? CredHelpers, string? CredsStore);

    sealed record AuthJson(string? Auth, string? Username, string? Password, string? IdentityToken)
    {
        public override string ToString() => $"credentials of '{Username}'";
    }

    public static async Task<Credentials?> FindAsync(string file, string registry, CancellationToken cancellationToken)
    {
        if (await ReadAsync(file, cancellationToken) is not { } config)
            return null;
        var server = registry == Reference.DockerHub ? DockerHubServer : registry;
        if (config.CredHelpers?.FirstOrDefault(pair => IsSame(pair.Key, registry)).Value is { Length: > 0 } helper)
            return await CredentialHelper.GetAsync(helper, server, cancellationToken);
        if (config.CredsStore is { Length: > 0 } store && await CredentialHelper.GetAsync(store, server, cancellationToken) is { } stored)
            return stored;
        return config.Auths?.FirstOrDefault(pair => IsSame(pair.Key, registry)).Value is { } auth ? Of(auth, file) : null;
    }

    static Credentials? Of(AuthJson auth, string file)
    {
        if (auth.IdentityToken is { Length: > 0 } token)
            return new("", token, file);
        if (auth is { Username.Length: > 0, Password.Length: > 0 })
            return new(auth.Username, auth.Password, file);
        if (auth.Auth is not { Length: > 0 } encoded)
            return null;
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).Split(':', 2) is [var user, var password]
                ? new(user, password.TrimEnd('\0'), file)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static async Task<ConfigJson?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
            return JsonSerializer.Deserialize<ConfigJson>(bytes, JsonSerializerOptions.Web);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new StillframeException(ErrorCodes.RegistryDenied, $"'{file}' can't be read: {e.Message} Correct it, or log in again with 'docker login'.", innerException: e);
        }
    }

    // keys are 'host', 'https://host', 'https://host/v1/' and, for Docker Hub, what its old address was
    static bool IsSame(string key, string registry)
    {
        var host = key;
        if (host.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme)
            host = host[(scheme + 3)..];
        host = host.Split('/')[0];
        if (host is "index.docker.io" or "registry-1.docker.io")
            host = Reference.DockerHub;
        return string.Equals(host, registry, StringComparison.OrdinalIgnoreCase);
    }
}
