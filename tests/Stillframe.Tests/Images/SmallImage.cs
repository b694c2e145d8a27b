using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.Tests.Images;

/// <summary>A real image of two little layers.</summary>
static class SmallImage
{
    public static async Task<OciImage> MakeAsync(string directory)
    {
        var layers = await LayerWriter.WriteAllAsync(
            [
                new("one", [new LayerEntry.Content("/etc/one", "one"u8.ToArray())]),
                new("two", [new LayerEntry.Content("/etc/two", "two"u8.ToArray())]),
            ],
            directory, new(), SilentReporter.Instance, default);
        var baseImage = SelfBaseImage.Of(new("amd64", "linux"), ImageLayer.Of(await LayerWriter.WriteAsync(SelfBaseImage.Plan([new("/bin/server", Content: [1])]), Path.Combine(directory, "base"), new(), default)));
        baseImage = baseImage with { Layers = [.. baseImage.Layers.Select(layer => layer with { Origin = new BlobOrigin("docker.io", "library/base") })] };
        return ImageAssembler.Assemble(baseImage, [.. layers.Select(ImageLayer.Of)], new() { Entrypoint = ["/bin/server"] });
    }
}
