using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stillframe.Oci;

/// <summary>
/// An image's configuration. OCI image specification, "Image Configuration". Kept as JSON, so that what a base image says
/// beyond the specification is still there in a frame.
/// </summary>
public sealed class ImageConfig
{
    readonly JsonObject json;

    ImageConfig(JsonObject json) => this.json = json;

    internal Platform Platform => new(
        Text(json["architecture"]) ?? Platform.Current.Architecture, Text(json["os"]) ?? "linux", Text(json["variant"]));

    /// <summary>Digests of the uncompressed layers, lowest first.</summary>
    internal IReadOnlyList<Digest> DiffIds =>
        json["rootfs"]?["diff_ids"] is JsonArray ids ? [.. ids.Select(id => Digest.Parse(Text(id)))] : [];

    internal IReadOnlyDictionary<string, string> Labels =>
        json["config"]?[nameof(Labels)] is JsonObject labels ? labels.ToDictionary(pair => pair.Key, pair => Text(pair.Value) ?? "") : new Dictionary<string, string>();

    /// <summary>Program and first arguments of a container; empty where the image names none.</summary>
    internal IReadOnlyList<string> Entrypoint =>
        json["config"]?[nameof(Entrypoint)] is JsonArray words ? [.. words.Select(word => Text(word)!)] : [];

    /// <summary>Whether it says how to ask a container for its health; see docs/how-a-frame-tells-its-health.md.</summary>
    public bool HasHealthCheck => json["config"]?["Healthcheck"] is JsonObject;

    /// <summary>Name or number; null where the image names none.</summary>
    internal string? User => Text(json["config"]?[nameof(User)]);

    /// <summary>An environment variable of its containers; null where it sets none of this name.</summary>
    internal string? Variable(string name) =>
        json["config"]?["Env"] is JsonArray all ? all.Select(Text).FirstOrDefault(one => one?.StartsWith(name + "=", StringComparison.Ordinal) == true)?[(name.Length + 1)..] : null;

    /// <summary>A copy that the caller may change.</summary>
    internal JsonObject ToJson() => json.DeepClone().AsObject();

    /// <exception cref="StillframeException">SF2004: the bytes are no image configuration.</exception>
    internal static ImageConfig Parse(ReadOnlySpan<byte> bytes, string reference)
    {
        try
        {
            if (JsonNode.Parse(bytes) is JsonObject json)
            {
                var config = new ImageConfig(json);
                _ = (config.DiffIds, config.Platform);
                return config;
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // reported below
        }

        throw new StillframeException(ErrorCodes.BaseImageUnusable, $"The configuration of base image '{reference}' can't be read. Take an image for Linux containers.");
    }

    /// <summary>The configuration of an image without layers.</summary>
    internal static ImageConfig Empty(Platform platform)
    {
        var json = new JsonObject { ["architecture"] = platform.Architecture, ["os"] = platform.Os };
        if (platform.Variant is not null)
            json["variant"] = platform.Variant;
        return new(json);
    }

    internal static ImageConfig Of(JsonObject json) => new(json);

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(json, Wire.Options);

    static string? Text(JsonNode? node) => node?.GetValue<string>();
}
