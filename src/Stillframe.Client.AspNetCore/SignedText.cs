using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Stillframe.Client.AspNetCore;

/// <summary>Text that came back as it was given.</summary>
/// <param name="protector">The purpose is in it, so that a text for something else does not count.</param>
sealed class SignedText(IDataProtector protector)
{
    const string Purpose = "Stillframe.ReadYourWrites.v1";

    const int ShortestKey = 32;

    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public static SignedText Of(string? key, IDataProtectionProvider? provider) => key switch
    {
        { Length: < ShortestKey } => throw new InvalidOperationException($"ReadYourWritesOptions.Key has {key.Length} characters and needs at least {ShortestKey}, by chance, such as 'openssl rand -base64 32' prints."),
        not null => new(new Signature(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), 32, info: Encoding.UTF8.GetBytes(Purpose)))),
        null => new((provider ?? throw new InvalidOperationException("app.UseReadYourWrites() signs its cookie, and has no key. Add builder.Services.AddDataProtection(), or set ReadYourWritesOptions.Key; in both cases all replicas have to share the key."))
            .CreateProtector(Purpose)),
    };

    public string Sign(string text) => WebEncoders.Base64UrlEncode(protector.Protect(Encoding.UTF8.GetBytes(text)));

    /// <returns>Null where it was not signed by this key.</returns>
    public string? Read(string signed)
    {
        try
        {
            return Encoding.UTF8.GetString(protector.Unprotect(WebEncoders.Base64UrlDecode(signed)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>HMAC-SHA-256 before the data.</summary>
    sealed class Signature(byte[] key) : IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => [.. HMACSHA256.HashData(key, plaintext), .. plaintext];

        public byte[] Unprotect(byte[] protectedData)
        {
            if (protectedData.Length < HMACSHA256.HashSizeInBytes)
                throw new CryptographicException("It is shorter than a signature.");
            var data = protectedData[HMACSHA256.HashSizeInBytes..];
            return CryptographicOperations.FixedTimeEquals(protectedData.AsSpan(0, HMACSHA256.HashSizeInBytes), HMACSHA256.HashData(key, data)) ? data : throw new CryptographicException("The signature is another one.");
        }
    }
}
