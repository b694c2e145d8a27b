using System.Security.Cryptography;
using System.Text;

namespace Stillframe.Connections;

/// <summary>What shows a server that this side knows the password: the protocol's own, not ours to choose.</summary>
static class PasswordProof
{
    /// <summary>SHA1(password) XOR SHA1(challenge + SHA1(SHA1(password))), nothing for an empty password. MariaDB manual, "Authentication Plugin - mysql_native_password".</summary>
    public static byte[] Native(string password, ReadOnlySpan<byte> challenge)
    {
        if (password.Length == 0)
            return [];
#pragma warning disable CA5350 // mysql_native_password is defined with SHA-1
        var once = SHA1.HashData(Encoding.UTF8.GetBytes(password));
        return Xor(SHA1.HashData([.. challenge, .. SHA1.HashData(once)]), once);
#pragma warning restore CA5350
    }

    /// <summary>
    /// SHA256(password) XOR SHA256(SHA256(SHA256(password)) + challenge), nothing for an empty password. MySQL source code documentation,
    /// "Caching_sha2_password information".
    /// </summary>
    public static byte[] CachingSha2(string password, ReadOnlySpan<byte> challenge)
    {
        if (password.Length == 0)
            return [];
        var once = SHA256.HashData(Encoding.UTF8.GetBytes(password));
        return Xor(SHA256.HashData([.. SHA256.HashData(once), .. challenge]), once);
    }

    /// <summary>The password itself, for a connection that nobody reads.</summary>
    public static byte[] Clear(string password) => [.. Encoding.UTF8.GetBytes(password), 0];

    /// <summary>The password, XOR the challenge over and over, for whoever has the private key.</summary>
    /// <param name="key">PEM.</param>
    public static byte[] Encrypted(string password, ReadOnlySpan<byte> challenge, ReadOnlySpan<char> key)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key);
        return rsa.Encrypt(Xor(Clear(password), challenge), RSAEncryptionPadding.OaepSHA1);
    }

    static byte[] Xor(byte[] text, ReadOnlySpan<byte> over)
    {
        for (var i = 0; i < text.Length; i++)
            text[i] ^= over[i % over.Length];
        return text;
    }
}
