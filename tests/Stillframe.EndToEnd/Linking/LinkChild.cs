using Stillframe.Destinations;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Linking;

/// <summary>A build's process, to be killed: builds on the frame that the registry has, and pushes.</summary>
static class LinkChild
{
    public const string Name = "link";

    /// <param name="arguments">Dump, layout, cache, work directory, reference.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        await PublishAsync(Request(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]), arguments[4]);
        return 0;
    }

    public static FrameRequest Request(string dump, string layout, string cache, string work, string reference) => new()
    {
        Dumps = [dump],
        Engine = new(EngineKind.Embedded, null, null, cache, work),
        Reader = new("reader", "secret", AllowEmptyPassword: false),
        LayoutDirectory = layout,
        Previous = new(Reference.Parse(reference), new()),
        Compression = LayerCompression.None, // the server is packed anew where the cache is gone
    };

    public static async Task<(FrameBuild Build, Delivery Delivery)> PublishAsync(FrameRequest request, string reference, IReporter? reporter = null)
    {
        reporter ??= SilentReporter.Instance;
        var build = await FrameBuilder.BuildAsync(request, reporter, default);
        var image = await ImageLayout.ReadAsync(build.LayoutDirectory);
        var to = Reference.Parse(reference);
        return (build, await new RegistryDestination(to, new()).DeliverAsync(image, [to.Tag!], reporter, default));
    }
}
