using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillframe.Oci;

/// <summary>OCI image specification, "Image Manifest".</summary>
sealed record ManifestJson(
    int SchemaVersion,
    string? MediaType,
    Descriptor Config,
    IReadOnlyList<Descriptor> Layers,
    IReadOnlyDictionary<string, string>? Annotations = null)
{
    /// <summary>Null of images.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The manifest that this one says something of.</summary>
    public Descriptor? Subject { get; init; }
}

/// <summary>OCI image specification, "Image Index".</summary>
sealed record IndexJson(
    int SchemaVersion,
    string? MediaType,
    IReadOnlyList<Descriptor> Manifests,
    IReadOnlyDictionary<string, string>? Annotations = null)
{
    /// <summary>The images that it names; builders put into an index, too, what they say of images (attestations), for a platform that there is not.</summary>
    public IReadOnlyList<Descriptor> Images() => [.. (Manifests ?? []).Where(entry => MediaTypes.IsManifest(entry.MediaType) && entry.Platform?.Os != "unknown")];

    /// <summary>The image for this machine, else that for most machines, else the first; null where there is none.</summary>
    public Descriptor? ForThisMachine() => Images() is var images
        ? images.FirstOrDefault(entry => entry.Platform is { } platform && Platform.Current.Accepts(platform))
            ?? images.FirstOrDefault(entry => entry.Platform is { } platform && Platform.Usual.Accepts(platform))
            ?? (images.Count > 0 ? images[0] : null)
        : null;
}

/// <summary>OCI image specification, "Image Layout", section "oci-layout file".</summary>
sealed record LayoutJson(string ImageLayoutVersion);

/// <summary>One entry of a docker archive's <c>manifest.json</c>. Docker image specification v1.2, "Combined Image JSON + Filesystem Changeset Format".</summary>
sealed record DockerArchiveJson(
    [property: JsonPropertyName("Config")] string Config,
    [property: JsonPropertyName("RepoTags")] IReadOnlyList<string>? RepoTags,
    [property: JsonPropertyName("Layers")] IReadOnlyList<string> Layers);

/// <summary>The names and meaning of annotations. OCI image specification, "Annotations".</summary>
static class AnnotationNames
{
    public const string RefName = "org.opencontainers.image.ref.name";

    /// <summary>containerd's own: the whole reference, by which <c>ctr image import</c> names the image.</summary>
    public const string ContainerdName = "io.containerd.image.name";

    /// <summary>Ours, in an image layout's index: where the first layers came from, so that a later push can mount them.</summary>
    public const string BaseOrigin = "io.stillframe.base.origin";

    public const string BaseLayers = "io.stillframe.base.layers";
}

static class Wire
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <exception cref="StillframeException">SF3007: not what it should be.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new StillframeException(ErrorCodes.LayoutInvalid, $"{what} can't be read: {e.Message} Make the image anew, or take another one.", innerException: e);
        }
    }
}
