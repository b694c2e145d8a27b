using System.IO.Compression;
using Stillframe.Backups;
using Stillframe.Destinations;
using Stillframe.EndToEnd.Destinations;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Backups;

public sealed class BackedUpDumps(BackupBench bench) : IClassFixture<BackupBench>
{
    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Cost_what_changed_and_have_one_digest()
    {
        var dump = await bench.DumpAsync("changing");
        var first = await bench.PushAsync("changing", "changing-dump");
        var same = await bench.PushAsync("changing", "changing-dump");
        await bench.ExecuteAsync("INSERT INTO shop.customer VALUES (1000, 'new', NULL)");
        await bench.DumpAsync("changing");
        var changed = await bench.PushAsync("changing", "changing-dump");

        Assert.Equal((dump.Files.Count + 1, 0), (first.BlobsSent, same.BlobsSent));
        Assert.Equal(first.Digest, same.Digest);
        Assert.Equal(2, changed.BlobsSent); // the table and dump.json
        var list = await bench.ListAsync("changing-dump");
        Assert.Equal([changed.Digest, first.Digest], list.Select(backup => backup.Digest));
        Assert.Contains("latest", list[0].Tags);
        Assert.Equal((4, 5550 + 1, dump.Server), (list[0].Tables, list[0].Rows, list[0].Server));
        Assert.NotNull(list[0].Position);
        Assert.True(list[0].New < list[0].Size, $"{list[0].New} of {list[0].Size}");
        await bench.ExecuteAsync("DELETE FROM shop.customer WHERE id = 1000");
    }

    [NeedsFact(Need.Registry, Need.LocalServer, Need.Skopeo)]
    public async Task Are_copied_by_skopeo_and_restored_by_the_servers_own_client()
    {
        var dump = await bench.DumpAsync("copied");
        await bench.PushAsync("copied", "copied-dump");
        await Command.SucceedAsync("skopeo", ["copy", "--quiet", "--src-tls-verify=false", $"docker://{bench.Registry.Host}/copied-dump:latest", $"dir:{bench.PathOf("by-skopeo")}"]);

        var text = bench.PathOf("all.sql");
        await using (var all = File.Create(text))
            foreach (var file in dump.Files)
            {
                var copied = Path.Combine(bench.PathOf("by-skopeo"), file.Sha256);
                Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(bench.PathOf("copied"), file.Name)), await File.ReadAllBytesAsync(copied));
                await using var packed = new GZipStream(File.OpenRead(copied), CompressionMode.Decompress);
                await packed.CopyToAsync(all);
            }

        await bench.Other.DropAllAsync();
        Assert.Null(await bench.Other.LoadAsync([new(text, null)], default));
        Assert.Equal(await BackupBench.DescribeAsync(bench.Master), await BackupBench.DescribeAsync(bench.Other.Server));
    }

    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Are_restored_as_they_were_where_nothing_is()
    {
        await bench.DumpAsync("whole");
        var backup = await bench.PushAsync("whole", "whole-dump");
        await bench.Other.DropAllAsync();

        var report = await bench.RestoreAsync($"oci://{bench.Registry.Host}/whole-dump:latest");
        var refused = await Assert.ThrowsAsync<StillframeException>(() => bench.RestoreAsync(bench.PathOf("whole")));

        Assert.EndsWith(backup.Digest.ToString(), report.Source, StringComparison.Ordinal);
        Assert.Equal(4, report.Tables);
        Assert.Equal(["shop.place"], report.CountedTables); // it has a FLOAT
        Assert.Equal(await BackupBench.DescribeAsync(bench.Master), await BackupBench.DescribeAsync(bench.Other.Server));
        Assert.Equal(ErrorCodes.RestoreRefused, refused.Code);
        Assert.Contains("`shop` is not empty", refused.Message, StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Are_restored_from_a_file_of_mariadb_dump()
    {
        await bench.Other.DropAllAsync();
        var file = bench.PathOf("plain.sql");
        await File.WriteAllTextAsync(file, await Command.SucceedAsync("mariadb-dump", ["--no-defaults", $"--socket={bench.Master.Socket}", "--user=root", "--hex-blob", "--routines", "shop"]));

        var report = await DumpRestore.RunAsync(bench.RestoreTo + ";Database=shop", file, new(bench.Cache), SilentReporter.Instance, default);

        Assert.Equal(4, report.CountedTables.Count); // such a file has no checksums
        Assert.Equal(Without(await BackupBench.DescribeAsync(bench.Master)), Without(await BackupBench.DescribeAsync(bench.Other.Server)));
    }

    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Whose_restore_was_interrupted_are_named_as_such()
    {
        await bench.DumpAsync("interrupted");
        await bench.Other.DropAllAsync();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.RestoreAsync(bench.PathOf("interrupted"), new Listener { Heard = _ => stop.Cancel() }, stop.Token));
        var e = await Assert.ThrowsAsync<StillframeException>(() => bench.RestoreAsync(bench.PathOf("interrupted")));
        var before = await File.ReadAllTextAsync(Path.Combine(bench.PathOf("interrupted"), "dump.json"));
        // half a schema that would take the place of the whole one
        var half = await Assert.ThrowsAsync<StillframeException>(() => bench.DumpAsync("interrupted", bench.Other.Server));
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(bench.PathOf("interrupted"), "dump.json")));
        await bench.Other.DropAllAsync();
        await bench.RestoreAsync(bench.PathOf("interrupted"));
        await bench.DumpAsync("of-restored", bench.Other.Server);

        Assert.Equal(ErrorCodes.RestoreRefused, e.Code);
        Assert.Contains("was not finished", e.Message, StringComparison.Ordinal);
        Assert.Contains("DROP DATABASE `shop`", e.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.MasterNotDumped, half.Code);
        Assert.Contains($"a restore of '{bench.PathOf("interrupted")}', begun 20", half.Message, StringComparison.Ordinal);
    }

    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task That_are_not_what_was_dumped_are_told()
    {
        await bench.DumpAsync("false");
        var path = Path.Combine(bench.PathOf("false"), "dump.json");
        var json = await File.ReadAllTextAsync(path);
        var checksum = json.Split("\"checksum\": \"")[1].Split('"')[0];
        await File.WriteAllTextAsync(path, json.Replace($"\"{checksum}\"", "\"1\"", StringComparison.Ordinal));
        await bench.Other.DropAllAsync();

        var e = await Assert.ThrowsAsync<StillframeException>(() => bench.RestoreAsync(bench.PathOf("false")));
        await bench.Other.DropAllAsync();

        Assert.Equal(ErrorCodes.RestoreDiffers, e.Code);
        Assert.Contains("shop.customer has the checksum", e.Message, StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Are_verified_in_a_throw_away_server_and_stay_the_same()
    {
        await bench.DumpAsync("verified");
        var backup = await bench.PushAsync("verified", "verified-dump");

        var report = await BackupVerifier.VerifyAsync($"{bench.Registry.Host}/verified-dump:latest", new(Stillframe.Engines.EngineKind.Local, null, null, bench.Cache, null), 2, SilentReporter.Instance, default);

        Assert.Equal(4, report.Tables);
        var listed = Assert.Single(await bench.ListAsync("verified-dump"));
        Assert.Equal(backup.Digest, listed.Digest);
        Assert.NotNull(listed.Verified);
    }

    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Never_go_where_frames_are()
    {
        await bench.DumpAsync("masked");
        var image = await TestImages.MakeAsync(Directory.CreateDirectory(bench.PathOf("images")).FullName, "frame", 1000);
        await new RegistryDestination(bench.Repository("shop-db"), new(), "data-latest").DeliverAsync(image, ["1.0"], SilentReporter.Instance, default);
        await new RegistryDestination(bench.Repository("other"), new()).DeliverAsync(image, ["latest"], SilentReporter.Instance, default);

        foreach (var repository in new[] { "shop-db", "other" })
        {
            var e = await Assert.ThrowsAsync<StillframeException>(() => bench.PushAsync("masked", repository));
            Assert.Equal(ErrorCodes.NotABackup, e.Code);
        }
    }

    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task That_are_broken_get_no_tag()
    {
        var dump = await bench.DumpAsync("broken");
        var path = Path.Combine(bench.PathOf("broken"), dump.Files[1].Name);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        var e = await Assert.ThrowsAsync<StillframeException>(() => bench.PushAsync("broken", "broken-dump"));

        Assert.Equal(ErrorCodes.DumpDirectoryBroken, e.Code);
        Assert.Contains(dump.Files[1].Name, e.Message, StringComparison.Ordinal);
        using var client = bench.Client("broken-dump");
        Assert.Null(await client.FindManifestAsync(BackupFormat.Latest, default));
    }

    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Are_fetched_once_and_by_digest()
    {
        await bench.DumpAsync("fetched");
        var backup = await bench.PushAsync("fetched", "fetched-dump");
        var first = await FetchedBackup.GetAsync($"oci://{bench.Registry.Host}/fetched-dump:latest", bench.Cache, new(), SilentReporter.Instance, default);
        var pinned = await FetchedBackup.GetAsync($"oci://127.0.0.1:1/fetched-dump@{backup.Digest}", bench.Cache, new(), SilentReporter.Instance, default); // nobody is asked

        Assert.Equal((backup.Digest, backup.Digest, first.Directory), (first.Digest, pinned.Digest, pinned.Directory));
        foreach (var file in Directory.EnumerateFiles(bench.PathOf("fetched")))
            Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(Path.Combine(first.Directory, Path.GetFileName(file))));
    }

    /// <summary>mariadb-dump without <c>--databases</c> takes the definitions of a schema's things, not the schema's own.</summary>
    static string Without(string description) => description.Replace("COLLATE=utf8mb4_bin", "", StringComparison.Ordinal);
}
