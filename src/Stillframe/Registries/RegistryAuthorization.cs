using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Stillframe.Registries;

/// <summary>Answers a registry's challenges and remembers the answer. One for each registry, repository and access.</summary>
/// <param name="http">For token servers; follows no redirection, with which a password could go elsewhere.</param>
sealed class RegistryAuthorization(HttpClient http, string registry, string repository, RegistryAccess access, RegistryOptions options) : IDisposable
{
    readonly CredentialSearch search = new(options.Environment);
    readonly SemaphoreSlim turn = new(1, 1);
    readonly HashSet<string> scopes = new(StringComparer.Ordinal)
    {
        $"repository:{repository}:{(access == RegistryAccess.Push ? "pull,push" : "pull")}",
    };

    volatile AuthenticationHeaderValue? current;
    Credentials? credentials;
    bool searched;

    sealed record TokenJson(string? Token, string? Access_token)
    {
        public override string ToString() => "a token";
    }

    public AuthenticationHeaderValue? Current => current;

    /// <summary>Also asks for reading this repository, so that its blobs can be mounted.</summary>
    public void AddPull(string other)
    {
        lock (scopes)
            scopes.Add($"repository:{other}:pull");
    }

    /// <summary>Makes <see cref="Current"/> what the challenge asks for.</summary>
    /// <param name="origin">Where the challenge came from.</param>
    /// <param name="refused">What the refused request carried.</param>
    /// <exception cref="StillframeException">SF3003, SF3010.</exception>
    public async Task AnswerAsync(HttpResponseMessage response, RegistryOrigin origin, AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
    {
        var challenge = Challenge.From(response.Headers);
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (current != refused)
                return; // another request was faster
            if (!searched)
                (credentials, searched) = (await search.FindAsync(registry, access, cancellationToken), true);
            current = challenge switch
            {
                { IsBearer: true } => await TokenAsync(challenge, origin, cancellationToken),
                { IsBearer: false } when credentials is { IsIdentityToken: false } known && refused is null => Basic(known),
                _ => throw Denied("401 Unauthorized"),
            };
        }
        finally
        {
            turn.Release();
        }
    }

    public StillframeException Denied(string answer)
    {
        var who = credentials is { } known
            ? $"It was tried with {known}."
            : $"It was tried without credentials: there are none for it in {search.Places(access)}.";
        var what = access == RegistryAccess.Push ? "push to" : "pull from";
        return new(ErrorCodes.RegistryDenied, $"Registry '{registry}' refuses to let us {what} '{repository}': {answer}. {who} Log in with 'docker login {registry}', or set DOTNET_CONTAINER_REGISTRY_UNAME and DOTNET_CONTAINER_REGISTRY_PWORD for an account that may.");
    }

    public void Dispose() => turn.Dispose();

    static AuthenticationHeaderValue Basic(Credentials known) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{known.User}:{known.Secret}")));

    async Task<AuthenticationHeaderValue> TokenAsync(Challenge challenge, RegistryOrigin origin, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm) || realm.Scheme is not ("http" or "https"))
            throw Denied($"it names '{challenge.Realm}' as the place to get a token");
        if (!origin.MayAsk(realm, options))
        {
            throw new StillframeException(
                ErrorCodes.RegistryInTheClear,
                $"Registry '{registry}' wants us to log in at '{realm.GetLeftPart(UriPartial.Authority)}', where anybody on the way could read the password. Let its token server ('realm') be reached by https{Permission(origin, realm)}.");
        }

        using var request = credentials is { IsIdentityToken: true } known ? Refresh(realm, challenge, known) : Ask(realm, challenge);
        using var response = await http.SendAsync(request, cancellationToken);
        if (RegistryResponse.IsTransient(response.StatusCode))
            throw await RegistryResponse.TransientAsync(response, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw Denied($"its token server '{realm.Authority}' answered {await RegistryResponse.DescribeAsync(response, cancellationToken)}");

        try
        {
            var json = await JsonSerializer.DeserializeAsync<TokenJson>(await response.Content.ReadAsStreamAsync(cancellationToken), JsonSerializerOptions.Web, cancellationToken);
            if ((json?.Token ?? json?.Access_token) is { Length: > 0 } token)
                return new("Bearer", token);
        }
        catch (JsonException)
        {
            // the message is below
        }

        throw Denied($"its token server '{realm.Authority}' gave no token");
    }

    static string Permission(RegistryOrigin origin, Uri realm) =>
        origin.IsLessSafe(realm) ? "" : $", or put '{realm.Authority}' into DOTNET_CONTAINER_INSECURE_REGISTRIES";

    HttpRequestMessage Ask(Uri realm, Challenge challenge)
    {
        var query = new StringBuilder(realm.Query.Length > 1 ? realm.Query[1..] + "&" : "");
        if (challenge.Service is not null)
            query.Append("service=").Append(Uri.EscapeDataString(challenge.Service)).Append('&');
        foreach (var scope in Scopes(challenge))
            query.Append("scope=").Append(Uri.EscapeDataString(scope)).Append('&');
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query.ToString().TrimEnd('&') }.Uri);
        if (credentials is { } known)
            request.Headers.Authorization = Basic(known);
        return request;
    }

    HttpRequestMessage Refresh(Uri realm, Challenge challenge, Credentials known) => new(HttpMethod.Post, realm)
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["service"] = challenge.Service ?? "",
            ["scope"] = string.Join(' ', Scopes(challenge)),
            ["client_id"] = Product.Name,
            ["refresh_token"] = known.Secret,
        }),
    };

    List<string> Scopes(Challenge challenge)
    {
        lock (scopes)
        {
            foreach (var scope in (challenge.Scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!scopes.Any(known => Covers(known, scope)))
                    scopes.Add(scope);
            }

            return [.. scopes.Order(StringComparer.Ordinal)];
        }
    }

    // 'repository:a:pull,push' covers 'repository:a:pull'
    static bool Covers(string known, string scope)
    {
        var (knownAt, scopeAt) = (known.LastIndexOf(':'), scope.LastIndexOf(':'));
        return knownAt > 0 && scopeAt > 0
            && known[..knownAt] == scope[..scopeAt]
            && scope[(scopeAt + 1)..].Split(',').All(known[(knownAt + 1)..].Split(',').Contains);
    }
}
