using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillframe.Oci;

/// <summary>
/// Name of a blob by its content: <c>sha256:</c> and 64 lower-case hex digits.
/// OCI image specification, "Content Descriptors", section "Digests"; of its algorithms only the one that registries must know.
/// </summary>
[JsonConverter(typeof(DigestJsonConverter))]
public sealed record Digest
{
    const string Algorithm = "sha256:";
    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    Digest(string hex) => Hex = hex;

    /// <summary>The 64 hex digits.</summary>
    public string Hex { get; }

    internal static Digest Of(ReadOnlySpan<byte> bytes) => FromHash(SHA256.HashData(bytes));

    /// <param name="hash">32 bytes.</param>
    internal static Digest FromHash(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));

    internal static async Task<Digest> OfAsync(Stream stream, CancellationToken cancellationToken) =>
        FromHash(await SHA256.HashDataAsync(stream, cancellationToken));

    /// <summary>Of a file that nobody writes to meanwhile.</summary>
    internal static async Task<Digest> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.SequentialScan);
        return await OfAsync(stream, cancellationToken);
    }

    internal static bool TryParse(string? text, out Digest digest)
    {
        var isDigest = text is not null
            && text.StartsWith(Algorithm, StringComparison.Ordinal)
            && text.Length == Algorithm.Length + 64
            && !text.AsSpan(Algorithm.Length).ContainsAnyExcept(HexDigits);
        digest = isDigest ? new(text![Algorithm.Length..]) : null!;
        return isDigest;
    }

    /// <exception cref="FormatException">It is not such a digest.</exception>
    internal static Digest Parse(string? text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a SHA-256 digest.");

    /// <inheritdoc/>
    public override string ToString() => Algorithm + Hex;
}

sealed class DigestJsonConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("not a SHA-256 digest");

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
