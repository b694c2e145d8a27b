using System.Collections.Concurrent;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Destinations;

/// <summary>Small real images that can be run: <c>cat</c> with the library it needs.</summary>
static class TestImages
{
    static readonly string[] Libraries = ["/lib/x86_64-linux-gnu/libc.so.6", "/lib64/libc.so.6"];

    /// <param name="text">Content of <c>/etc/frame</c>, which the image shows when it runs.</param>
    /// <param name="bigLayer">Bytes of random content in a layer of their own; the same for the same size.</param>
    public static async Task<OciImage> MakeAsync(string directory, string text, int bigLayer = 100_000)
    {
        var big = Path.Combine(directory, $"big-{bigLayer}");
        if (!File.Exists(big))
        {
            var bytes = new byte[bigLayer];
            Seed.Random(bigLayer).NextBytes(bytes);
            await File.WriteAllBytesAsync(big, bytes);
        }

        var layers = await LayerWriter.WriteAllAsync(
            [
                new("big", [new LayerEntry.File("/data/big", big)]),
                new("text", [new LayerEntry.Content("/etc/frame", System.Text.Encoding.UTF8.GetBytes(text))]),
            ],
            Directory.CreateDirectory(Path.Combine(directory, Path.GetRandomFileName())).FullName, new(), SilentReporter.Instance, default);
        return ImageAssembler.Assemble(await BaseAsync(directory), [.. layers.Select(ImageLayer.Of)], new() { Entrypoint = ["/bin/cat", "/etc/frame"] });
    }

    public static async Task<BaseImage> BaseAsync(string directory)
    {
        var loader = "/lib64/ld-linux-x86-64.so.2";
        var libc = Libraries.First(File.Exists);
        ServerFile[] files = [new("/bin/cat", "/bin/cat", Executable: true), new(loader, loader, Executable: true), new(libc, libc, Executable: true)];
        return SelfBaseImage.Of(Platform.Current, ImageLayer.Of(await LayerWriter.WriteAsync(SelfBaseImage.Plan(files), Path.Combine(directory, Path.GetRandomFileName()), new(), default)));
    }
}

sealed class ListeningReporter : IReporter
{
    public ConcurrentQueue<string> Messages { get; } = new();

    public void Message(Importance importance, string text) => Messages.Enqueue(text);

    public void Warning(string code, string text, SourceLocation? location = null) => Messages.Enqueue($"{code}: {text}");
}
