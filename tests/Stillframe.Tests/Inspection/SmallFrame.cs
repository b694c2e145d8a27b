using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Linking;
using Stillframe.Oci;

namespace Stillframe.Tests.Inspection;

/// <summary>A frame with everything that is read of one, and no data.</summary>
static class SmallFrame
{
    /// <summary>Of a frame with one table, <c>shop.t</c>.</summary>
    public static LinkMap Map(char version, string server) => StoredFrame.None.Map with
    {
        DataVersion = new(version, 64),
        Server = server,
        Tables = [new() { Schema = "shop", Name = "t", Definition = "definition", Content = "content", Rows = 3, Bytes = 16384 }],
    };

    public static async Task<OciImage> MakeAsync(string directory, LinkMap map, DateTimeOffset? created = null)
    {
        var layers = await LayerWriter.WriteAllAsync(
            [new("data", [new LayerEntry.Content("/data", new byte[100_000])]), LinkMapLayer.Plan(map)], directory, new(), SilentReporter.Instance, default);
        var layer = await LayerWriter.WriteAsync(SelfBaseImage.Plan([new("/bin/server", Content: [1])]), Path.Combine(directory, "base"), new(), default);
        var labels = new Dictionary<string, string> { [LabelNames.DataVersion] = map.DataVersion, [LabelNames.LinkMap] = FrameDescription.LinkMapPath };
        if (created is { } time)
            labels[LabelNames.Created] = time.ToString("O");
        return ImageAssembler.Assemble(SelfBaseImage.Of(Platform.Current, ImageLayer.Of(layer)), [.. layers.Select(ImageLayer.Of)], new() { Entrypoint = ["/bin/server"], Labels = labels });
    }
}
