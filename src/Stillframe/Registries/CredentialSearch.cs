namespace Stillframe.Registries;

/// <summary>
/// Looks for credentials where the .NET SDK's container support does, in its order: environment variables, then
/// Docker's <c>config.json</c> with its helpers; then Podman's <c>auth.json</c>.
/// </summary>
/// <param name="environment">Reads environment variables.</param>
sealed class CredentialSearch(Func<string, string?> environment)
{
    /// <returns>Null where there are none: most registries let anyone pull.</returns>
    /// <exception cref="StillframeException">SF3003: a configured credential helper does not work.</exception>
    public async Task<Credentials?> FindAsync(string registry, RegistryAccess access, CancellationToken cancellationToken)
    {
        if (FromEnvironment(access) is { } found)
            return found;
        foreach (var file in ConfigurationFiles())
        {
            if (await DockerConfig.FindAsync(file, registry, cancellationToken) is { } credentials)
                return credentials;
        }

        return null;
    }

    /// <summary>Where it looks, for messages.</summary>
    public string Places(RegistryAccess access) =>
        $"{Variables(access).First()}_UNAME/_PWORD, {string.Join(", ", Variables(access).Skip(1).Take(1).Select(name => name + "_UNAME/_PWORD"))}, {string.Join(", ", ConfigurationFiles())}";

    Credentials? FromEnvironment(RegistryAccess access)
    {
        foreach (var name in Variables(access))
        {
            if (environment(name + "_UNAME") is { Length: > 0 } user && environment(name + "_PWORD") is { Length: > 0 } password)
                return new(user, password, $"{name}_UNAME");
        }

        return null;
    }

    static IEnumerable<string> Variables(RegistryAccess access) =>
    [
        $"DOTNET_CONTAINER_{(access == RegistryAccess.Push ? "PUSH" : "PULL")}_REGISTRY",
        "DOTNET_CONTAINER_REGISTRY",
        "SDK_CONTAINER_REGISTRY", // the SDK's name for it before .NET 8
    ];

    IEnumerable<string> ConfigurationFiles()
    {
        var home = environment("HOME") is { Length: > 0 } directory ? directory : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        yield return Path.Combine(environment("DOCKER_CONFIG") is { Length: > 0 } docker ? docker : Path.Combine(home, ".docker"), "config.json");
        if (environment("REGISTRY_AUTH_FILE") is { Length: > 0 } file)
            yield return file;
        if (environment("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
            yield return Path.Combine(runtime, "containers", "auth.json");
    }
}
