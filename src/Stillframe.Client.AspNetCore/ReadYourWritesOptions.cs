using Microsoft.AspNetCore.Http;

namespace Stillframe.Client.AspNetCore;

/// <summary>Of <c>app.UseReadYourWrites()</c>.</summary>
public sealed class ReadYourWritesOptions
{
    /// <summary>
    /// What the cookie is signed with: at least 32 characters of chance, the same in all replicas, from where a service has its secrets. Null for ASP.NET Core's data protection
    /// (<c>services.AddDataProtection()</c>), whose keys replicas have to share, too.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>
    /// The cookie. Its maximum age is 24 hours unless it is set, and has to be longer than it takes until a write is in all frames. A user who has written to a master without a binary log reads
    /// from there for as long.
    /// </summary>
    public CookieBuilder Cookie { get; } = new()
    {
        Name = "stillframe-writes",
        HttpOnly = true,
        IsEssential = true,
        MaxAge = TimeSpan.FromHours(24),
        Path = "/",
        SameSite = SameSiteMode.Lax,
        SecurePolicy = CookieSecurePolicy.SameAsRequest,
    };
}
