using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stillframe.Dumps;

/// <summary>SHA-256 over fields, each with its length before it, so that no two lists of fields are taken for one another.</summary>
internal sealed class FieldHash : IDisposable
{
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Append(ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }

    public void Append(string field) => Append(Encoding.UTF8.GetBytes(field));

    /// <summary>64 hex digits over the fields so far.</summary>
    public string Hex() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public static string Of(params ReadOnlySpan<string> fields)
    {
        using var hash = new FieldHash();
        foreach (var field in fields)
            hash.Append(field);
        return hash.Hex();
    }

    public void Dispose() => hash.Dispose();
}
