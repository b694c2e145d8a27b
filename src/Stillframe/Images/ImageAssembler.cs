using System.Globalization;
using System.Text.Json.Nodes;
using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>base image + layers + configuration = frame. Pure: equal input gives equal bytes.</summary>
static class ImageAssembler
{
    // what they say is true of the image they were written for only; container_config has volumes, too
    static readonly string[] Stale = ["container", "container_config", "docker_version", "id", "parent", "throwaway", "moby.buildkit.buildinfo.v1"];
    static readonly string[] Dropped = ["Volumes", "Image", "Hostname", "OnBuild", "Healthcheck", "ArgsEscaped"];

    public static OciImage Assemble(BaseImage baseImage, IReadOnlyList<ImageLayer> layers, FrameConfig config)
    {
        var configBlob = Blob.OfBytes(MediaTypes.OciConfig, Configure(baseImage, layers, config).ToBytes());
        var blobs = baseImage.Layers.Select(ToOci).Concat(layers.Select(layer => layer.Blob)).ToList();
        var manifest = new ManifestJson(
            SchemaVersion: 2, MediaTypes.OciManifest, configBlob.Descriptor, [.. blobs.Select(blob => blob.Descriptor)]);
        return new(Blob.OfBytes(MediaTypes.OciManifest, Wire.Write(manifest)), configBlob, blobs);
    }

    static Blob ToOci(Blob blob) =>
        blob with { Descriptor = new(MediaTypes.ToOciLayer(blob.Descriptor.MediaType), blob.Descriptor.Digest, blob.Descriptor.Size) };

    static ImageConfig Configure(BaseImage baseImage, IReadOnlyList<ImageLayer> layers, FrameConfig frame)
    {
        var json = baseImage.Config.ToJson();
        foreach (var name in Stale)
            json.Remove(name);

        var created = frame.Created.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        json["created"] = created;
        json["config"] = Runtime(json["config"] as JsonObject, frame);
        json["rootfs"] = new JsonObject
        {
            ["type"] = "layers",
            ["diff_ids"] = new JsonArray([.. baseImage.Config.DiffIds.Concat(layers.Select(layer => layer.DiffId)).Select(id => JsonValue.Create(id.ToString()))]),
        };
        json["history"] = History(json["history"] as JsonArray, baseImage, layers, created);
        return ImageConfig.Of(json);
    }

    static JsonObject Runtime(JsonObject? of, FrameConfig frame)
    {
        var json = of?.DeepClone().AsObject() ?? [];
        foreach (var name in Dropped)
            json.Remove(name);
        json["User"] = frame.User;
        json["ExposedPorts"] = new JsonObject(frame.ExposedPorts.Select(port => KeyValuePair.Create(port, (JsonNode?)new JsonObject())));
        json["Env"] = Texts(Environment(json["Env"] as JsonArray, frame.Environment));
        json["Entrypoint"] = Texts(frame.Entrypoint);
        json["Cmd"] = frame.Command.Count == 0 ? null : Texts(frame.Command);
        if (frame.Command.Count == 0)
            json.Remove("Cmd");
        json["StopSignal"] = frame.StopSignal;
        if (frame.HealthCheck.Count > 0)
            json["Healthcheck"] = HealthCheckJson.Of(frame.HealthCheck);
        json["Labels"] = Labels(json["Labels"] as JsonObject, frame.Labels);
        return json;
    }

    static IEnumerable<string> Environment(JsonArray? of, IReadOnlyDictionary<string, string> added) =>
        (of ?? []).Select(node => node!.GetValue<string>())
            .Where(variable => !added.ContainsKey(variable.Split('=')[0]))
            .Concat(added.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    static JsonObject Labels(JsonObject? of, IReadOnlyDictionary<string, string> added)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in of ?? [])
            all[key] = value?.GetValue<string>() ?? "";
        foreach (var (key, value) in added)
            all[key] = value;
        return new(all.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
    }

    // one entry with a layer for each layer: tools that convert images count them
    static JsonArray History(JsonArray? of, BaseImage baseImage, IReadOnlyList<ImageLayer> layers, string created)
    {
        var history = of?.DeepClone().AsArray() ?? [];
        var counted = history.Count(entry => entry?["empty_layer"]?.GetValue<bool>() != true);
        if (counted > baseImage.Layers.Count)
            history.Clear();
        for (var i = counted > baseImage.Layers.Count ? 0 : counted; i < baseImage.Layers.Count; i++)
            history.Add((JsonNode)new JsonObject { ["created_by"] = "base image " + baseImage.Reference });
        foreach (var layer in layers)
            history.Add((JsonNode)new JsonObject { ["created"] = created, ["created_by"] = $"{Product.Name}: {layer.Name}" });
        return history;
    }

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
