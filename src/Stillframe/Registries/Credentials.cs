namespace Stillframe.Registries;

/// <summary>What a registry asks for: reading only, or writing too.</summary>
public enum RegistryAccess
{
    /// <summary>To read.</summary>
    Pull,
    /// <summary>To read and write.</summary>
    Push,
}

/// <summary>Who we are to a registry.</summary>
/// <param name="Secret">Password, personal access token, or identity token.</param>
/// <param name="Source">Where they were found, for messages; never the secret.</param>
sealed record Credentials(string User, string Secret, string Source)
{
    /// <summary>Docker's mark for a secret that is an OAuth 2 refresh token.</summary>
    const string TokenUser = "<token>";

    public bool IsIdentityToken => User is TokenUser or "";

    public override string ToString() => IsIdentityToken ? $"the identity token from {Source}" : $"user '{User}' from {Source}";
}
