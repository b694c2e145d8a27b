using System.Text.RegularExpressions;
using Stillframe.Backups;
using Stillframe.Destinations;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Retention;

namespace Stillframe.EndToEnd.Backups;

public sealed class PrunedBackups(BackupBench bench) : IClassFixture<BackupBench>
{
    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Are_not_what_a_frame_was_made_from_nor_the_last_verified()
    {
        await bench.DumpAsync("old");
        await PushAsync("old", 1);
        await PushAsync("old", 2);
        using var workshop = new FrameWorkshop();
        var frame = await FrameWorkshop.BuildAsync(workshop.Request([bench.PathOf("old")], Stillframe.Engines.EngineKind.Local));
        await new RegistryDestination(bench.Repository("kept-db"), new()).DeliverAsync(await ImageLayout.ReadAsync(frame.LayoutDirectory), ["1.0"], SilentReporter.Instance, default);
        await bench.ExecuteAsync("INSERT INTO shop.customer VALUES (1001, 'later', NULL)");
        await bench.DumpAsync("later");
        foreach (var day in new[] { 3, 4, 5, 6 })
            await PushAsync("later", day);
        await BackupVerifier.VerifyAsync($"{bench.Registry.Host}/kept-dump:20261104T000000Z", new(Stillframe.Engines.EngineKind.Local, null, null, bench.Cache), 2, SilentReporter.Instance, default);

        var shown = await PruneAsync(remove: false);
        var before = await bench.ListAsync("kept-dump");
        var done = await PruneAsync(remove: true);

        Assert.Equal(6, before.Count);
        Assert.Equal([["newest", "last"], [], ["last verified"], [], ["frame 1.0"], []], shown.Items.Select(item => item.Reasons));
        Assert.Equal(shown.Items.Select(item => item.IsKept), done.Items.Select(item => item.IsKept));
        Assert.Equal([6, 4, 2], (await bench.ListAsync("kept-dump")).Select(backup => backup.Time.Day));
        using var client = bench.Client("kept-dump");
        Assert.Equal(
            ["20261102T000000Z", "20261104T000000Z", "20261106T000000Z", "latest", BackupFormat.VerificationTagOf((await bench.ListAsync("kept-dump"))[1].Digest)],
            (await client.ListTagsAsync(default).ToListAsync()).Order(StringComparer.Ordinal));
        await bench.ExecuteAsync("DELETE FROM shop.customer WHERE id = 1001");
    }

    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Stay_where_the_registry_does_not_delete_and_it_is_told()
    {
        await using var registry = await LocalRegistry.StartAsync(deletes: false);
        await bench.DumpAsync("stays");
        foreach (var day in new[] { 1, 2 })
            await PushAsync("stays", day, Oci.Reference.Of(registry.Host, "stays-dump"));

        var e = await Assert.ThrowsAsync<StillframeException>(
            () => RegistryPrune.RunAsync(Oci.Reference.Of(registry.Host, "stays-dump"), [], new() { Last = 1 }, remove: true, SilentReporter.Instance, default));

        Assert.Equal(ErrorCodes.RegistryKeepsAll, e.Code);
        Assert.Contains("does not delete (405)", e.Message, StringComparison.Ordinal);
    }

    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Need_a_rule()
    {
        var e = await Assert.ThrowsAsync<StillframeException>(() => RegistryPrune.RunAsync(bench.Repository("any-dump"), [], new(), remove: true, SilentReporter.Instance, default));
        Assert.Equal(ErrorCodes.OptionInvalid, e.Code);
    }

    Task<Pruning> PruneAsync(bool remove) => RegistryPrune.RunAsync(bench.Repository("kept-dump"), [], new() { Last = 1 }, remove, SilentReporter.Instance, default);

    /// <summary>As if it had been made on that day of November 2026.</summary>
    async Task PushAsync(string dump, int day, Oci.Reference? repository = null)
    {
        var path = Path.Combine(bench.PathOf(dump), "dump.json");
        await File.WriteAllTextAsync(path, Regex.Replace(await File.ReadAllTextAsync(path), "\"time\": \"[^\"]*\"", $"\"time\": \"2026-11-{day:00}T00:00:00+00:00\""));
        await DumpBackup.PushAsync(bench.PathOf(dump), repository ?? bench.Repository("kept-dump"), new(), SilentReporter.Instance, default);
    }
}
