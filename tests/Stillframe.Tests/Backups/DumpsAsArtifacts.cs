using System.Security.Cryptography;
using System.Text;
using Stillframe.Backups;
using Stillframe.Dumps;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Tests.Backups;

public sealed class DumpsAsArtifacts : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Have_one_layer_a_file_and_their_description_as_configuration()
    {
        var (dump, json) = Write("one");
        var image = BackupImage.Of(directory.Path, dump, json);
        var manifest = StoredBackup.Read(new(MediaTypes.OciManifest, await BytesAsync(image.Manifest)))!;

        Assert.Equal("application/vnd.stillframe.dump.v1", manifest.Manifest.ArtifactType);
        Assert.Equal(("application/vnd.stillframe.dump.config.v1+json", Digest.Of(json)), (manifest.Manifest.Config.MediaType, manifest.Manifest.Config.Digest));
        Assert.Equal(
            ["0.schema.sql.gz", "shop.t.sql.gz", "dump.json"],
            manifest.Manifest.Layers.Select(layer => layer.Annotations![LabelNames.Title]));
        Assert.Equal(dump.Files.Select(file => "sha256:" + file.Sha256), manifest.Manifest.Layers.Take(2).Select(layer => layer.Digest.ToString()));
        Assert.Equal((dump.Time, dump.DataVersion, "binlog.000042:1337", 1, 2), (manifest.Time, manifest.DataVersion, manifest.Position, manifest.Tables, manifest.Rows));
    }

    [Fact]
    public void Of_the_same_files_have_one_digest()
    {
        var (dump, json) = Write("one");
        var digest = BackupImage.Of(directory.Path, dump, json).Digest;
        Assert.Equal(digest, BackupImage.Of(directory.Path, dump, json).Digest);
        Assert.NotEqual(digest, BackupImage.Of(directory.Path, Write("two").Dump, Write("two").Json).Digest);
    }

    [Fact]
    public void Have_tags_that_sort_by_their_time()
    {
        Assert.Equal("20261129T031700Z", BackupFormat.TagOf(new(2026, 11, 29, 5, 17, 0, 999, TimeSpan.FromHours(2))));
        Assert.True(Reference.IsTag(BackupFormat.VerificationTagOf(Digest.Of([1]))));
        Assert.Equal(Digest.Of([1]), BackupFormat.VerifiedBy(BackupFormat.VerificationTagOf(Digest.Of([1]))));
        Assert.Null(BackupFormat.VerifiedBy("latest"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:0","size":1},"layers":[]}""")]
    public void Are_told_from_other_manifests(string manifest) => Assert.Null(StoredBackup.Read(new(MediaTypes.OciManifest, Encoding.UTF8.GetBytes(manifest))));

    [Theory]
    [InlineData("oci://127.0.0.1:5000/shop-dump:latest", true)]
    [InlineData("OCI://host/shop", true)]
    [InlineData("oci:/host/shop", false)]
    [InlineData("/data/shop.dump", false)]
    public void Are_named_by_their_scheme(string place, bool isOne) => Assert.Equal(isOne, FetchedBackup.IsNamedBy(place));

    [Fact]
    public void Restore_definitions_first_then_tables_then_the_rest()
    {
        var (_, _) = Write("one", objects: true);
        var source = RestoreSource.OfDirectory(directory.Path, "here");

        Assert.Equal(["0.schema.sql.gz"], source.Before.Select(Path.GetFileName));
        Assert.Equal(["shop.t.sql.gz"], source.Tables.Select(table => Path.GetFileName(table.Path)));
        Assert.Equal(["zzz.objects.sql.gz"], source.After.Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(-5, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(3599, "59 min")]
    [InlineData(2 * 86400 - 1, "47 h")]
    [InlineData(2 * 86400, "2 d")]
    public void Have_an_age(double seconds, string text) => Assert.Equal(text, AgeText.Of(TimeSpan.FromSeconds(seconds)));

    (DumpManifest Dump, byte[] Json) Write(string rows, bool objects = false)
    {
        var dump = new DumpManifest
        {
            DataVersion = new('a', 64),
            Server = "10.11.19-MariaDB",
            Time = new(2026, 11, 29, 3, 17, 0, TimeSpan.Zero),
            BinlogFile = "binlog.000042",
            BinlogPosition = 1337,
            Schemas = ["shop"],
            Files =
            [
                File("0.schema.sql.gz", "schema", null),
                File("shop.t.sql.gz", rows, new() { Schema = "shop", Name = "t", Rows = 2, Definition = new('b', 64) }),
                .. objects ? new[] { File("zzz.objects.sql.gz", "objects", null) } : [],
            ],
        };
        var json = dump.ToJson();
        System.IO.File.WriteAllBytes(Path.Combine(directory.Path, DumpManifest.FileName), json);
        return (dump, json);
    }

    DumpedFile File(string name, string text, DumpedTable? table)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        System.IO.File.WriteAllBytes(Path.Combine(directory.Path, name), bytes);
        return new() { Name = name, Bytes = bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)), Table = table };
    }

    static async Task<byte[]> BytesAsync(Blob blob)
    {
        await using var stream = await blob.Open(default);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
