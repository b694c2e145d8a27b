using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Stillframe.Destinations;
using Stillframe.Dumps;
using Stillframe.Inspection;
using Stillframe.Linking;
using Stillframe.Oci;

namespace Stillframe.Tests.Inspection;

/// <summary>What is named is told by its content: a name may say anything.</summary>
public sealed class FilesOfEveryKind : IDisposable
{
    const string Dump = "CREATE TABLE t (id INT);\nINSERT INTO t VALUES (1);\n";

    static readonly LinkMap map = SmallFrame.Map('a', "10.11.7-MariaDB");

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("frame.tar")]
    [InlineData("frame.oci")]
    [InlineData("frame.sql")]
    public async Task An_archive_is_a_frame_under_every_name(string name)
    {
        var path = Path.Combine(directory.Path, name);
        await WriteArchiveAsync(path);
        Assert.Equal(DataKind.Frame, (await ReadAsync(path)).Kind);
    }

    [Theory]
    [InlineData("shop.sql", false)]
    [InlineData("shop.txt", false)]
    [InlineData("shop", true)]
    [InlineData("shop.tar.gz", true)]
    public async Task A_dump_is_one_under_every_name(string name, bool gzip)
    {
        var path = Write(name, gzip ? Gzip(Encoding.UTF8.GetBytes(Dump)) : Encoding.UTF8.GetBytes(Dump));
        var read = await ReadAsync(path);
        Assert.Equal((DataKind.Dump, 1), (read.Kind, read.Tables.Single().Size.Rows));
    }

    [Fact]
    public async Task An_archive_that_is_compressed_as_a_whole_is_refused_with_advice()
    {
        var path = Path.Combine(directory.Path, "frame.tar");
        await WriteArchiveAsync(path);
        foreach (var name in new[] { "frame.tar.gz", "frame.tgz", "frame.sql.gz" })
        {
            var error = await RefuseAsync(ErrorCodes.LayoutInvalid, Write(name, Gzip(await File.ReadAllBytesAsync(path))));
            Assert.Contains("gunzip", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_archive_of_an_old_container_engine_is_refused_with_advice()
    {
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
            await writer.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, "manifest.json") { DataStream = new MemoryStream("[]"u8.ToArray()) });
        Assert.Contains("skopeo copy docker-archive:", (await RefuseAsync(ErrorCodes.LayoutInvalid, Write("saved.tar", tar.ToArray()))).Message, StringComparison.Ordinal);
        await RefuseAsync(ErrorCodes.LayoutInvalid, Write("saved.tar.gz", Gzip(tar.ToArray())));
    }

    [Fact]
    public async Task A_directory_without_an_image_is_refused()
    {
        Write("shop.sql", Encoding.UTF8.GetBytes(Dump));
        await RefuseAsync(ErrorCodes.LayoutInvalid, directory.Path);
        RefuseAsDump(ErrorCodes.DumpMissing, directory.Path);
    }

    public static TheoryData<string, string, byte[]> Binaries => new()
    {
        { ErrorCodes.DumpMissing, "shop.zip", [.. "PK\x03\x04"u8, .. new byte[600]] },
        { ErrorCodes.DumpMissing, "shop.sql.xz", [0xfd, .. "7zXZ\0"u8, .. Noise()] },
        { ErrorCodes.DumpMissing, "shop.sql.zst", [0x28, 0xb5, 0x2f, 0xfd, .. Noise()] },
        { ErrorCodes.DumpMissing, "shop.sql.bz2", [.. "BZh9"u8, .. Noise()] },
        { ErrorCodes.DumpForeign, "shop.dump", [.. "PGDMP\x01\x0e\0"u8, .. Noise()] },
        { ErrorCodes.DumpForeign, "shop.db", [.. "SQLite format 3\0"u8, .. Noise()] },
        { ErrorCodes.DumpForeign, "noise.sql", Noise() },
        { ErrorCodes.DumpForeign, "noise.sql.gz", Gzip(Noise()) },
        { ErrorCodes.DumpForeign, "zeros.sql", new byte[2000] },
    };

    [Theory]
    [MemberData(nameof(Binaries))]
    public async Task Binary_data_gets_one_error(string code, string name, byte[] bytes)
    {
        var path = Write(name, bytes);
        await RefuseAsync(code, path);
        RefuseAsDump(code, path);
    }

    [Fact]
    public void A_tar_that_is_to_be_loaded_gets_one_error()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "shop.sql") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(Dump)) });
        RefuseAsDump(ErrorCodes.DumpForeign, Write("shop.tar", tar.ToArray()));
        RefuseAsDump(ErrorCodes.DumpForeign, Write("shop.sql.gz", Gzip(tar.ToArray())));
    }

    [Fact]
    public async Task Text_that_is_no_SQL_gets_one_error_and_no_warnings() =>
        await RefuseAsync(null, Write("Program.cs", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("using System;\nvar x = \"a\";\n", 1000)))));

    [Fact]
    public async Task Many_warnings_of_a_kind_are_a_few_and_a_number()
    {
        var statements = string.Concat(Enumerable.Range(0, 100).Select(i => $"CREATE USER u{i};\nGRANT SELECT ON *.* TO u{i};\n"));
        var reporter = new AReporter();

        await DataSource.ReadAsync(Write("shop.sql", Encoding.UTF8.GetBytes(Dump + statements)), null, new(), reporter, default);

        var warnings = reporter.Warnings.ToList();
        Assert.Equal(11, warnings.Count);
        Assert.All(warnings, warning => Assert.Equal(ErrorCodes.StatementRefused, warning.Code));
        Assert.Equal("190 more of 200 warnings of this code are not shown.", warnings[^1].Text);
    }

    static async Task<StillframeException> RefuseAsync(string? code, string path)
    {
        var reporter = new AReporter();
        var error = await Assert.ThrowsAsync<StillframeException>(() => DataSource.ReadAsync(path, null, new(), reporter, default));
        Assert.Equal(code ?? error.Code, error.Code);
        Assert.Contains($"'{path}'", error.Message + $"'{error.Location?.File}'", StringComparison.Ordinal);
        Assert.Empty(reporter.Warnings);
        return error;
    }

    /// <summary>As a build names it.</summary>
    static void RefuseAsDump(string code, string path)
    {
        foreach (var refused in Enum.GetValues<RefusedStatements>())
        {
            var reporter = new AReporter();
            var error = Assert.Throws<StillframeException>(() => DumpFiles.Inspect([path], new() { RefusedStatements = refused }, reporter, default));
            Assert.Equal((code, path), (error.Code, error.Location?.File));
            Assert.Empty(reporter.Warnings);
        }
    }

    static Task<ComparedData> ReadAsync(string path) => DataSource.ReadAsync(path, null, new(), SilentReporter.Instance, default);

    async Task WriteArchiveAsync(string path) =>
        await new OciArchiveDestination(path, Reference.Of("localhost:5000", "shop-db")).DeliverAsync(await SmallFrame.MakeAsync(directory.Path, map), ["1.0"], SilentReporter.Instance, default);

    string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(directory.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    static byte[] Noise()
    {
        var bytes = new byte[100_000];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
