using System.Formats.Tar;
using System.Text.Json;
using Stillframe.Frames;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.Linking;

/// <summary>The last layer of a frame: its link map, in a file of its own.</summary>
static class LinkMapLayer
{
    /// <summary>Far more than ten thousand tables need.</summary>
    const long Largest = 64 << 20;

    public static LayerPlan Plan(LinkMap map) => new("link map", [new LayerEntry.Content(FrameDescription.LinkMapPath, JsonSerializer.SerializeToUtf8Bytes(map, Wire.Options))]);

    /// <summary>The link map of an image; null where it is no frame, or one of another format.</summary>
    public static async Task<LinkMap?> ReadAsync(ImageConfig config, IReadOnlyList<Blob> layers, CancellationToken cancellationToken)
    {
        if (config.Labels.GetValueOrDefault(LabelNames.LinkMap) != FrameDescription.LinkMapPath || layers is not [.., { Descriptor.Size: < Largest } last])
            return null;
        try
        {
            await using var blob = await last.Open(cancellationToken);
            await using var text = LayerReading.Open(blob, last.Descriptor.MediaType);
            await using var tar = new TarReader(text);
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                if (entry.Name.TrimStart('/') == FrameDescription.LinkMapPath.TrimStart('/') && entry.DataStream is { } content)
                    return await JsonSerializer.DeserializeAsync<LinkMap>(content, Wire.Options, cancellationToken) is { Format: LinkMap.CurrentFormat } map ? map : null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            // as good as none: everything is made anew
        }

        return null;
    }
}
