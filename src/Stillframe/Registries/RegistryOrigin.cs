namespace Stillframe.Registries;

/// <summary>Scheme, host and port of a registry: credentials for it go there, and to a token server that it names, as safely as there.</summary>
/// <param name="Root">Its <c>/v2/</c>.</param>
sealed record RegistryOrigin(Uri Root)
{
    public bool Is(Uri address) =>
        Uri.Compare(address, Root, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Whether what goes there can be read on the way, where it could not on the way to the registry.</summary>
    public bool IsLessSafe(Uri address) => Root.Scheme == Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttps;

    /// <summary>
    /// Whether a password may go to this token server. It may be another host, as Docker Hub's is, but not one that is asked in the clear, unless the registry is,
    /// and it is the same host or named as insecure itself.
    /// </summary>
    public bool MayAsk(Uri realm, RegistryOptions options) =>
        realm.Scheme == Uri.UriSchemeHttps
        || realm.Scheme == Uri.UriSchemeHttp && Root.Scheme == Uri.UriSchemeHttp
            && (string.Equals(realm.Host, Root.Host, StringComparison.OrdinalIgnoreCase) || options.IsInsecure(realm.Authority));
}
