using Stillframe.Backups;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Backups;

public sealed class FramesOfBackups(BackupBench bench) : IClassFixture<BackupBench>
{
    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Fetch_the_rows_of_those_tables_that_are_compiled()
    {
        using var workshop = new FrameWorkshop();
        await bench.DumpAsync("first");
        await bench.PushAsync("first", "frames-dump");
        var first = await GetAsync();
        Assert.DoesNotContain("shop.customer.sql.gz", Names(first));

        var frame = await BuildAsync(first);
        var ofDirectory = await BuildAsync(bench.PathOf("first"));
        Assert.Equal((ofDirectory.DataVersion, ofDirectory.Digest), (frame.DataVersion, frame.Digest));
        Assert.Contains("shop.customer.sql.gz", Names(first));

        await bench.ExecuteAsync("UPDATE shop.customer SET name = 'changed' WHERE id = 7");
        await bench.DumpAsync("first");
        await bench.PushAsync("first", "frames-dump");
        var second = await GetAsync();
        var next = await BuildAsync(second);

        Assert.NotEqual(first, second);
        Assert.NotEqual(frame.DataVersion, next.DataVersion);
        Assert.Equal(["shop.customer.sql.gz"], Names(second).Where(name => name.StartsWith("shop.", StringComparison.Ordinal)));

        Task<Stillframe.Frames.FrameBuild> BuildAsync(string dump) => FrameWorkshop.BuildAsync(
            workshop.Request([dump]) with { Engine = new(Stillframe.Engines.EngineKind.Local, null, null, bench.PathOf("frames"), null) }); // no table is compiled already
    }

    async Task<string> GetAsync() =>
        (await FetchedBackup.GetAsync($"oci://{bench.Registry.Host}/frames-dump:latest", bench.Cache, new(), SilentReporter.Instance, default, withRows: false)).Directory;

    static IEnumerable<string> Names(string directory) => Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
}
