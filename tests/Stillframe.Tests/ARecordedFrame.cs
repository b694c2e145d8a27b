using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Tests.Images;

namespace Stillframe.Tests;

public sealed class ARecordedFrame : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    string Layout => Path.Combine(directory.Path, "layout");

    [Fact]
    public async Task Is_found_by_what_it_was_made_from()
    {
        var image = await WriteAsync();

        Assert.Equal(image.Digest.ToString(), (await FindAsync("inputs"))?.Digest);
        Assert.Null(await FindAsync("other inputs"));
    }

    [Theory]
    [InlineData("index")]
    [InlineData("manifest")]
    [InlineData("config")]
    [InlineData("layer")]
    public async Task Is_none_where_something_is_gone(string part)
    {
        var path = PathOf(await WriteAsync(), part);
        File.Delete(path);

        Assert.Null(await FindAsync("inputs"));
    }

    [Theory]
    [InlineData("index")]
    [InlineData("manifest")]
    [InlineData("config")]
    [InlineData("layer")]
    public async Task Is_none_where_something_is_cut(string part)
    {
        var path = PathOf(await WriteAsync(), part);
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path))[..^1]);

        Assert.Null(await FindAsync("inputs"));
    }

    [Fact]
    public async Task Is_none_where_another_one_took_its_place()
    {
        var image = await WriteAsync();
        var other = ImageAssembler.Assemble(
            SelfBaseImage.Of(new("amd64", "linux"), ImageLayer.Of(await Stillframe.Layers.LayerWriter.WriteAsync(SelfBaseImage.Plan([]), Path.Combine(directory.Path, "other"), new(), default))),
            [], new() { Entrypoint = ["/bin/server"] });
        await ImageLayout.WriteAsync(other, Layout, null, default);
        Record(image);

        Assert.Null(await FindAsync("inputs"));
    }

    public void Dispose() => directory.Dispose();

    async Task<OciImage> WriteAsync()
    {
        var image = await SmallImage.MakeAsync(directory.Path);
        await ImageLayout.WriteAsync(image, Layout, null, default);
        Record(image);
        return image;
    }

    void Record(OciImage image) =>
        new FrameRecord("inputs", new()
        {
            LayoutDirectory = Layout,
            Digest = image.Digest.ToString(),
            DataVersion = new string('a', 64),
            Size = image.Size,
            Engine = "local",
            Server = "10.11",
            BaseImage = "self",
            Tables = [],
        }).Write();

    Task<FrameBuild?> FindAsync(string inputs) => FrameRecord.FindAsync(Layout, inputs, SilentReporter.Instance, default);

    string PathOf(OciImage image, string part) => Path.Combine(Layout, part switch
    {
        "index" => "index.json",
        "manifest" => ImageLayout.BlobPath(image.Digest),
        "config" => ImageLayout.BlobPath(image.Config.Descriptor.Digest),
        _ => ImageLayout.BlobPath(image.Layers[1].Descriptor.Digest),
    });
}
