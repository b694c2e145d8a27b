using System.Text;
using System.Text.Json.Nodes;
using Stillframe.Families;
using Stillframe.Freezing;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>
/// A frame's layers with another configuration: a server that writes, in its container alone. One layer more, of two kilobytes, lets the reader write. Pure: one frame
/// has one scratch image.
/// </summary>
public static class ScratchImage
{
    /// <summary>Ends the tags of scratch images.</summary>
    public const string TagSuffix = "-scratch";

    const string GrantsPath = "/usr/share/stillframe/scratch.sql";

    /// <exception cref="StillframeException">Whatever opening the frame's configuration throws.</exception>
    public static async Task<OciImage> OfAsync(OciImage frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var images = new List<OciImage>();
        foreach (var platform in frame.Platforms)
            images.Add(await OfPlatformAsync(platform, cancellationToken));
        return frame.Index is null ? images[0] : await ImageIndex.JoinAsync(images, cancellationToken);
    }

    static async Task<OciImage> OfPlatformAsync(OciImage frame, CancellationToken cancellationToken)
    {
        var frameConfig = await frame.ReadConfigAsync(cancellationToken);
        var family = ServerFamily.OfVersion(frameConfig.Labels.GetValueOrDefault(LabelNames.ServerVersion));
        var layer = await LayerAsync(family, cancellationToken);
        var config = Blob.OfBytes(MediaTypes.OciConfig, Configure(frameConfig, family, layer.Descriptor.Digest).ToBytes());
        IReadOnlyList<Blob> layers = [.. frame.Layers, layer];
        var manifest = new ManifestJson(SchemaVersion: 2, MediaTypes.OciManifest, config.Descriptor, [.. layers.Select(blob => blob.Descriptor)]);
        return new(Blob.OfBytes(MediaTypes.OciManifest, Wire.Write(manifest)), config, layers);
    }

    /// <summary>Not compressed: so small, and its bytes depend on no library.</summary>
    static async Task<Blob> LayerAsync(ServerFamily family, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var tar = new TarOutput(bytes, DateTimeOffset.UnixEpoch);
        foreach (var directory in (string[])["/run", "/usr", "/usr/share", Path.GetDirectoryName(GrantsPath)!])
            await tar.WriteAsync(new LayerEntry.Directory(directory), cancellationToken);
        foreach (var writable in (string[])[ReadOnlyServer.RunDirectory, ReadOnlyServer.TemporaryDirectory]) // a base image may have none, or one that is another user's alone
            await tar.WriteAsync(new LayerEntry.Directory(writable, Modes.Sticky), cancellationToken);
        await tar.WriteAsync(new LayerEntry.Content(GrantsPath, Encoding.UTF8.GetBytes(family.ScratchGrants)), cancellationToken);
        await tar.EndAsync(cancellationToken);
        return Blob.OfBytes(MediaTypes.OciLayer, bytes.ToArray());
    }

    /// <summary>It is no frame, and has not the labels by which builds, logs and retention find one.</summary>
    static ImageConfig Configure(ImageConfig frame, ServerFamily family, Digest layer)
    {
        var json = frame.ToJson();
        var config = json["config"]!.AsObject();
        config["User"] = ScratchServer.User;
        config["Entrypoint"] = new JsonArray([.. ((IEnumerable<string>)[.. frame.Entrypoint, .. family.ScratchOptions, ScratchServer.AsRoot, $"--init-file={GrantsPath}"]).Select(word => (JsonNode?)word)]);
        if (config["Labels"] is JsonObject labels)
        {
            labels[LabelNames.Scratch] = frame.Labels.GetValueOrDefault(LabelNames.DataVersion);
            labels.Remove(LabelNames.DataVersion);
            labels.Remove(LabelNames.LinkMap);
        }

        json["rootfs"]!["diff_ids"]!.AsArray().Add(JsonValue.Create(layer.ToString()));
        json["history"]!.AsArray().Add((JsonNode)new JsonObject { ["created"] = json["created"]?.DeepClone(), ["created_by"] = $"{Product.Name}: scratch" });
        return ImageConfig.Of(json);
    }
}
