using System.Security.Cryptography;

namespace Stillframe.Masking;

/// <summary>HMAC-SHA-256 of values, with the state of the key kept between them. For one thread.</summary>
sealed class KeyedHash(byte[] key) : IDisposable
{
    readonly IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
    readonly byte[] result = new byte[HMACSHA256.HashSizeInBytes];

    /// <returns>32 bytes, until the next call.</returns>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> value)
    {
        hash.AppendData(value);
        _ = hash.GetHashAndReset(result);
        return result;
    }

    public void Dispose() => hash.Dispose();
}
