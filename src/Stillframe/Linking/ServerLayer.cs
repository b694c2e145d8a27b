using System.Globalization;
using Stillframe.Compiling;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.Linking;

/// <summary>The layer with the server of a frame that has no other base image: made once for a server, and taken over like those of tables.</summary>
static class ServerLayer
{
    public static async Task<(LinkedLayer Layer, ImageLayer Image)> GetAsync(
        IReadOnlyList<ServerFile> files, TableSource source, LayerOptions options, string work, CancellationToken cancellationToken)
    {
        var key = KeyOf(files, options.Compression);
        if (await source.FindLayerAsync(key, cancellationToken) is { } found)
            return found;
        var layer = await LayerWriter.WriteAsync(SelfBaseImage.Plan(files), Path.Combine(work, "server.layer"), options, cancellationToken);
        var linked = LinkedLayer.Of(key, layer);
        await source.AddLayerAsync(linked, layer.Path, cancellationToken);
        return (linked, ImageLayer.Of(layer));
    }

    /// <summary>Files of a package have the time at which it was built, wherever they are unpacked; hashing tens of megabytes would take longer than all the rest.</summary>
    static string KeyOf(IReadOnlyList<ServerFile> files, LayerCompression compression) => ObjectKey.OfLayer(compression, files.Select(file => file switch
    {
        { HostPath: { } path } => new FileInfo(path) is var info
            ? string.Create(CultureInfo.InvariantCulture, $"{file.ImagePath} {info.Length} {new DateTimeOffset(info.LastWriteTimeUtc).ToUnixTimeSeconds()} {file.Executable}")
            : "",
        { LinkTarget: { } target } => $"{file.ImagePath} -> {target}",
        { Content: { } content } => $"{file.ImagePath} {Digest.Of(content)} {file.Executable}",
        _ => file.ImagePath,
    }));
}
