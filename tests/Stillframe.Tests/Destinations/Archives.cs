using System.Formats.Tar;
using System.Text;
using Stillframe.Destinations;
using Stillframe.Oci;
using Stillframe.Tests.Images;

namespace Stillframe.Tests.Destinations;

public sealed class Archives : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly Reference name = Reference.Parse("localhost:5000/shop-db");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task The_same_image_gives_the_same_bytes()
    {
        var one = await WriteAsync("one.tar");
        var other = await WriteAsync("other.tar");

        // not even the time, which may well be the same for both
        using (var reader = new TarReader(File.OpenRead(one)))
        {
            while (reader.GetNextEntry() is { } entry)
                Assert.Equal(DateTimeOffset.UnixEpoch, entry.ModificationTime);
        }

        Assert.Equal(await File.ReadAllBytesAsync(one), await File.ReadAllBytesAsync(other));
    }

    [Fact]
    public async Task Old_engines_and_new_tools_find_what_they_look_for()
    {
        var path = await WriteAsync("a.tar");
        var image = await SmallImage.MakeAsync(directory.Path);
        var files = Read(path);

        Assert.Equal("""{"imageLayoutVersion":"1.0.0"}""", files["oci-layout"]);
        Assert.Equal(
            $$$"""[{"Config":"blobs/sha256/{{{image.Config.Descriptor.Digest.Hex}}}","RepoTags":["localhost:5000/shop-db:1.0","localhost:5000/shop-db:data-123"],"Layers":[{{{string.Join(',', image.Layers.Select(layer => $"\"blobs/sha256/{layer.Descriptor.Digest.Hex}\""))}}}]}]""",
            files["manifest.json"]);
        Assert.Equal(
            $$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{image.Digest}}}","size":{{{image.Manifest.Descriptor.Size}}},"annotations":{"io.containerd.image.name":"localhost:5000/shop-db:1.0","io.stillframe.base.layers":"1","io.stillframe.base.origin":"docker.io/library/base","org.opencontainers.image.ref.name":"1.0"}}]}""",
            files["index.json"]);
        Assert.All(image.Blobs.Append(image.Manifest), blob => Assert.Contains("blobs/sha256/" + blob.Descriptor.Digest.Hex, files.Keys));
    }

    [Fact]
    public async Task A_tag_that_is_none_leaves_no_file()
    {
        var image = await SmallImage.MakeAsync(directory.Path);
        var path = Path.Combine(directory.Path, "out", "a.tar");

        var e = await Assert.ThrowsAsync<StillframeException>(() =>
            new OciArchiveDestination(path, name).DeliverAsync(image, ["not a tag"], SilentReporter.Instance, default));

        Assert.Equal(ErrorCodes.ReferenceInvalid, e.Code);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
    }

    async Task<string> WriteAsync(string file)
    {
        var image = await SmallImage.MakeAsync(directory.Path);
        var path = Path.Combine(directory.Path, file);
        var delivery = await new OciArchiveDestination(path, name).DeliverAsync(image, ["1.0", "data-123"], SilentReporter.Instance, default);
        Assert.Equal(image.Digest, delivery.Digest);
        return path;
    }

    static Dictionary<string, string> Read(string path)
    {
        using var reader = new TarReader(File.OpenRead(path));
        var files = new Dictionary<string, string>();
        while (reader.GetNextEntry(copyData: true) is { } entry)
            files[entry.Name] = entry.DataStream is MemoryStream data ? Encoding.UTF8.GetString(data.ToArray()) : "";
        return files;
    }
}
