using Stillframe.Destinations;
using Stillframe.Images;
using Stillframe.Inspection;
using Stillframe.Linking;
using Stillframe.Oci;
using Stillframe.Tests.Images;

namespace Stillframe.Tests.Inspection;

public sealed class FramesInFiles : IDisposable
{
    static readonly LinkMap map = SmallFrame.Map('a', "10.11.7-MariaDB");

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Are_read_alike_from_a_layout_and_from_an_archive()
    {
        var image = await FrameAsync();
        var layout = Path.Combine(directory.Path, "layout");
        await ImageLayout.WriteAsync(image, layout, null, default);

        var read = new[] { await FrameReader.FromLayoutAsync(layout, default), await FrameReader.FromArchiveAsync(await ArchiveAsync(image), default) };

        Assert.All(read, frame =>
        {
            Assert.Equal((image.Digest, map.DataVersion), (frame.Digest, frame.Map.DataVersion));
            Assert.Equal(image.Layers.Select(layer => layer.Descriptor.Digest), frame.Layers.Select(layer => layer.Digest));
            Assert.Equal(map.Tables, frame.Map.Tables);
        });
    }

    [Fact]
    public async Task Of_other_images_are_refused()
    {
        var image = await SmallImage.MakeAsync(directory.Path);
        var layout = Path.Combine(directory.Path, "layout");
        await ImageLayout.WriteAsync(image, layout, null, default);
        await AssertFailsAsync(ErrorCodes.NotAFrame, layout);
        await AssertFailsAsync(ErrorCodes.NotAFrame, await ArchiveAsync(image));
    }

    [Fact]
    public async Task That_are_damaged_are_refused()
    {
        var archive = await ArchiveAsync(await FrameAsync());
        var bytes = await File.ReadAllBytesAsync(archive);
        await File.WriteAllBytesAsync(archive, bytes[..(bytes.Length / 4)]);
        await AssertFailsAsync(ErrorCodes.LayoutInvalid, archive);
        await File.WriteAllTextAsync(archive, "no tar");
        await AssertFailsAsync(ErrorCodes.LayoutInvalid, archive);
    }

    [Theory]
    [InlineData("missing.tar", ErrorCodes.ImageMissing)]
    [InlineData("missing.sql", ErrorCodes.DumpMissing)]
    [InlineData("missing", ErrorCodes.OptionInvalid)]
    [InlineData("artifacts/missing", ErrorCodes.OptionInvalid)]
    [InlineData("", ErrorCodes.OptionInvalid)]
    [InlineData("host.example/shop db:1", ErrorCodes.ReferenceInvalid)]
    public Task That_are_nowhere_are_told_by_what_they_look_like(string place, string code) => AssertFailsAsync(code, place);

    static async Task AssertFailsAsync(string code, string place)
    {
        var error = await Assert.ThrowsAsync<StillframeException>(() => DataSource.ReadAsync(place, null, new(), SilentReporter.Instance, default));
        Assert.Equal(code, error.Code);
        Assert.Contains($"'{place}'", error.Message, StringComparison.Ordinal);
    }

    Task<OciImage> FrameAsync() => SmallFrame.MakeAsync(directory.Path, map);

    async Task<string> ArchiveAsync(OciImage image)
    {
        var path = Path.Combine(directory.Path, "shop.tar");
        await new OciArchiveDestination(path, Reference.Of("localhost:5000", "shop-db")).DeliverAsync(image, ["1.0"], SilentReporter.Instance, default);
        return path;
    }
}
