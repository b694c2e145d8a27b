using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.Tests.Layers;

public sealed class WrittenLayers : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Order_of_entries_makes_no_difference()
    {
        LayerEntry[] entries =
        [
            new LayerEntry.Content("/etc/b", [1, 2, 3]),
            new LayerEntry.Link("/etc/a", "b"),
            new LayerEntry.Directory("/tmp", Modes.Sticky),
        ];

        var one = await WriteAsync("one", entries);
        var other = await WriteAsync("other", [.. entries.Reverse()]);

        Assert.Equal(one.Descriptor, other.Descriptor);
        Assert.Equal(await File.ReadAllBytesAsync(one.Path), await File.ReadAllBytesAsync(other.Path));
    }

    // the digest is that of Python's tarfile, GNU_FORMAT, for the same two entries
    [Fact]
    public async Task The_same_content_has_the_same_digest_on_every_day_and_machine()
    {
        var layer = await WriteAsync("golden", [new LayerEntry.Content("/etc/hostname", "frame\n"u8.ToArray())]);

        Assert.Equal("sha256:2d3036b0fde86609ad435ea01f25b4c5e0596350e9b9b648d6b724c04953a748", layer.DiffId.ToString());
    }

    [Fact]
    public async Task Descriptor_and_diff_id_are_those_of_the_file()
    {
        var layer = await WriteAsync("layer", [new LayerEntry.File("/data/big", RandomFile(5_000_000)), new LayerEntry.Content("/data/empty", [])]);
        var stored = await File.ReadAllBytesAsync(layer.Path);
        var tar = Decompress(stored);

        Assert.Equal(MediaTypes.OciLayerGzip, layer.Descriptor.MediaType);
        Assert.Equal(stored.Length, layer.Descriptor.Size);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(stored)), layer.Descriptor.Digest.Hex);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(tar)), layer.DiffId.Hex);
        Assert.Equal(tar.Length, layer.UncompressedSize);
    }

    [Fact]
    public async Task Everything_comes_back_from_it()
    {
        var big = RandomFile(3_000_001);
        var layer = await WriteAsync("layer",
        [
            new LayerEntry.File("/var/lib/mysql/shop/orders.ibd", big),
            new LayerEntry.Directory("/run/mysqld", Modes.Executable, 999, 999),
        ]);

        var entries = Entries(layer);
        Assert.Equal(["run/", "run/mysqld/", "var/", "var/lib/", "var/lib/mysql/", "var/lib/mysql/shop/", "var/lib/mysql/shop/orders.ibd"], entries.Select(entry => entry.Name));
        Assert.All(entries, entry => Assert.Equal(DateTimeOffset.UnixEpoch, entry.ModificationTime));
        Assert.Equal((999, Modes.Executable), (entries[1].Uid, (int)entries[1].Mode));
        Assert.Equal((0, Modes.Readable), (entries[^1].Uid, (int)entries[^1].Mode));
        Assert.Equal(await File.ReadAllBytesAsync(big), ((MemoryStream)entries[^1].DataStream!).ToArray());
    }

    [Fact]
    public async Task Without_compression_the_file_is_the_tar()
    {
        var options = new LayerOptions { Compression = LayerCompression.None };
        var layer = await LayerWriter.WriteAsync(new("plain", [new LayerEntry.Content("a", [1])]), Path.Combine(directory.Path, "plain"), options, default);

        Assert.Equal(MediaTypes.OciLayer, layer.Descriptor.MediaType);
        Assert.Equal(layer.DiffId, layer.Descriptor.Digest);
    }

    [Fact]
    public async Task With_zstd_the_same_tar_comes_back()
    {
        var options = new LayerOptions { Compression = LayerCompression.Zstd };
        var plan = new LayerPlan("big", [new LayerEntry.File("/big", RandomFile(3_000_001)), new LayerEntry.Content("/zeros", new byte[5_000_000])]);
        var layer = await LayerWriter.WriteAsync(plan, Path.Combine(directory.Path, "zstd"), options, default);

        Assert.Equal(MediaTypes.OciLayerZstd, layer.Descriptor.MediaType);
        await using var tar = LayerReading.Open(File.OpenRead(layer.Path), layer.Descriptor.MediaType);
        Assert.Equal(layer.DiffId, await Digest.OfAsync(tar, default));

        var cut = File.ReadAllBytes(layer.Path)[..^5];
        await using var broken = LayerReading.Open(new MemoryStream(cut), layer.Descriptor.MediaType);
        await Assert.ThrowsAsync<InvalidDataException>(() => Digest.OfAsync(broken, default));
    }

    [Fact]
    public async Task A_cancelled_layer_leaves_nothing()
    {
        using var source = new CancellationTokenSource();
        var options = new LayerOptions { Progress = new Canceller(source) };
        var plan = new LayerPlan("big", [new LayerEntry.File("/big", RandomFile(8_000_000))]);
        var output = Path.Combine(directory.Path, "out", "layer");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LayerWriter.WriteAsync(plan, output, options, source.Token));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(directory.Path, "out")));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_to_is_named()
    {
        var file = RandomFile(1);
        var plan = new LayerPlan("a", [new LayerEntry.Content("a", [1])]);

        var e = await Assert.ThrowsAsync<StillframeException>(() => LayerWriter.WriteAsync(plan, Path.Combine(file, "layer"), new(), default));
        Assert.Equal(ErrorCodes.WriteFailed, e.Code);
        Assert.Contains(file, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_files_of_one_path_are_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync("twice", [new LayerEntry.Content("a", [1]), new LayerEntry.Content("/a", [2])]));

    [Fact]
    public async Task A_file_below_a_link_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync("below", [new LayerEntry.Link("lib", "usr/lib"), new LayerEntry.Content("lib/a", [2])]));

    Task<Layer> WriteAsync(string name, LayerEntry[] entries) =>
        LayerWriter.WriteAsync(new(name, entries), Path.Combine(directory.Path, name), new(), default);

    string RandomFile(int size)
    {
        var path = Path.Combine(directory.Path, Path.GetRandomFileName());
        var bytes = new byte[size];
        Seed.Random(size).NextBytes(bytes);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    static byte[] Decompress(byte[] stored)
    {
        using var tar = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress);
        gzip.CopyTo(tar);
        return tar.ToArray();
    }

    static List<TarEntry> Entries(Layer layer)
    {
        using var reader = new TarReader(new MemoryStream(Decompress(File.ReadAllBytes(layer.Path))));
        var entries = new List<TarEntry>();
        while (reader.GetNextEntry(copyData: true) is { } entry)
            entries.Add(entry);
        return entries;
    }

    sealed class Canceller(CancellationTokenSource source) : IProgress<long>
    {
        public void Report(long value) => source.Cancel();
    }
}
