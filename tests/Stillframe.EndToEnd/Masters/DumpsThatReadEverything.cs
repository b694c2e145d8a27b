using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Masters;

namespace Stillframe.EndToEnd.Masters;

/// <summary>Some dumps compare all rows with those of the previous one.</summary>
public sealed class DumpsThatReadEverything(ChangingMaster master) : IClassFixture<ChangingMaster>, IDisposable
{
    readonly MasterBench bench = new(master.Loads);

    [NeedsFact(Need.LocalServer)]
    public async Task Come_each_time_after_so_many()
    {
        await bench.MakeAsync("counted");
        var (reporter, counts) = (new Listener(), new List<int>());
        for (var time = 0; time < 5; time++)
            counts.Add((await bench.DumpAsync("counted", "counted", new() { VerifyEvery = 3 }, reporter)).DumpsSinceFull);

        Assert.Equal([0, 1, 2, 0, 1], counts);
        Assert.Equal(2 * 3, reporter.Messages.Count(message => message.StartsWith("Dumped counted.", StringComparison.Ordinal)));
    }

    [NeedsTheory(Need.LocalServer)]
    [InlineData(ChangeSource.Auto, "by the binary log")]
    [InlineData(ChangeSource.Checksum, "by checksum")]
    public async Task Keep_both_where_a_table_should_have_been_as_it_was(ChangeSource source, string words)
    {
        await bench.MakeAsync("differing");
        await bench.DumpAsync("differing", "differing");
        Falsify("differing", "differing.m.sql.gz");
        await bench.ExecuteAsync("FLUSH TABLES");
        var before = bench.Contents("differing");

        await bench.DumpAsync("differing", "differing", new() { Changes = source }); // believes it
        var e = await Assert.ThrowsAsync<StillframeException>(() => bench.DumpAsync("differing", "differing", new() { Changes = source, VerifyEvery = 2 }));
        var right = await bench.DumpAsync("differing", "right");

        Assert.Equal(ErrorCodes.DumpDiffers, e.Code);
        Assert.Contains("differing.m has", e.Message, StringComparison.Ordinal);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Contains(bench.PathOf("differing.differs"), e.Message, StringComparison.Ordinal);
        Assert.Equal(before, bench.Contents("differing"));
        Assert.Equal(bench.Contents("right"), bench.Contents("differing.differs"));
        Assert.Equal(right.DataVersion, DumpDirectory.Find(bench.PathOf("differing.differs"))!.DataVersion);
    }

    /// <summary>Another release of the server, or of the runtime's compression, gives other bytes of the same rows.</summary>
    [NeedsFact(Need.LocalServer)]
    public async Task Take_no_other_bytes_for_other_rows()
    {
        await bench.MakeAsync("packed");
        await bench.DumpAsync("packed", "packed");
        Rewrite("packed", "packed.m.sql.gz", text => text.Replace("-- Server version\t10", "-- Server version\t9", StringComparison.Ordinal));
        var before = bench.Contents("packed");

        await bench.DumpAsync("packed", "packed", new() { VerifyEvery = 1 });

        Assert.Equal(before, bench.Contents("packed"));
    }

    public void Dispose() => bench.Dispose();

    void Falsify(string directory, string file) => Rewrite(directory, file, text => text.Replace("(7,0,", "(7,1,", StringComparison.Ordinal));

    /// <summary>As if it had been so from the beginning.</summary>
    void Rewrite(string directory, string name, Func<string, string> change)
    {
        var (path, manifest) = (Path.Combine(bench.PathOf(directory), name), DumpDirectory.Find(bench.PathOf(directory))!);
        var text = bench.Text(directory, name);
        Assert.NotEqual(text, change(text));
        using (var packed = new GZipStream(File.Create(path), CompressionLevel.Optimal))
            packed.Write(Encoding.UTF8.GetBytes(change(text)));
        var bytes = File.ReadAllBytes(path);
        var files = manifest.Files.Select(file => file.Name == name ? file with { Bytes = bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) } : file);
        File.WriteAllBytes(Path.Combine(bench.PathOf(directory), DumpManifest.FileName), (manifest with { Files = [.. files] }).ToJson());
    }
}
