using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Package;

/// <summary>
/// An image with nothing in it, for two processors, for the SDK to put a service on: what a service is based on doesn't matter
/// to the frame beside it.
/// </summary>
static class EmptyBase
{
    const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    const string Index = "application/vnd.oci.image.index.v1+json";

    /// <summary>Reference of the image in that registry, which gets it first.</summary>
    /// <param name="content">A tar; null for nothing.</param>
    public static async Task<string> PushAsync(string host, byte[]? content = null)
    {
        using var client = new HttpClient { BaseAddress = new($"http://{host}/v2/empty/") };
        var tar = content ?? new byte[1024];
        var layer = await PutBlobAsync(client, Compress(tar));
        var platforms = new List<string>();
        foreach (var architecture in new[] { "amd64", "arm64" })
        {
            var config = await PutBlobAsync(client, Encoding.UTF8.GetBytes(
                $$$"""{"architecture":"{{{architecture}}}","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["{{{Digest(tar)}}}"]}}"""));
            var manifest = $$"""
                {"schemaVersion":2,"mediaType":"{{Manifest}}",
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json",{{config}}},
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip",{{layer}}}]}
                """;
            platforms.Add($$$"""{"mediaType":"{{{Manifest}}}",{{{await PutManifestAsync(client, null, Manifest, manifest)}}},"platform":{"architecture":"{{{architecture}}}","os":"linux"}}""");
        }

        await PutManifestAsync(client, "1", Index, $$"""{"schemaVersion":2,"mediaType":"{{Index}}","manifests":[{{string.Join(',', platforms)}}]}""");
        return $"{host}/empty:1";
    }

    // OCI distribution specification, "Pushing a blob monolithically"
    static async Task<string> PutBlobAsync(HttpClient client, byte[] bytes)
    {
        using var started = await client.PostAsync(new Uri("blobs/uploads/", UriKind.Relative), null);
        started.EnsureSuccessStatusCode();
        var location = started.Headers.Location!.ToString();
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/octet-stream");
        using var stored = await client.PutAsync(new Uri($"{location}{(location.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={Digest(bytes)}"), content);
        stored.EnsureSuccessStatusCode();
        return Describe(bytes);
    }

    static async Task<string> PutManifestAsync(HttpClient client, string? tag, string mediaType, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new(mediaType);
        using var stored = await client.PutAsync(new Uri($"manifests/{tag ?? Digest(bytes)}", UriKind.Relative), content);
        stored.EnsureSuccessStatusCode();
        return Describe(bytes);
    }

    static string Describe(byte[] bytes) => $"\"digest\":\"{Digest(bytes)}\",\"size\":{bytes.Length}";

    static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return compressed.ToArray();
    }
}
