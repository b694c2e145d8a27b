using System.Globalization;
using Stillframe.Backups;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Loading;

namespace Stillframe.EndToEnd.Backups;

/// <summary>Killed at random moments, a backup is there as a whole or not at all, a restore is known for unfinished, and a prune removes nothing that is kept.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class KilledBackups(BackupBench bench) : IClassFixture<BackupBench>
{
    static int Times => Soaking.Times(3, 60);

    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Are_whole_or_not_there()
    {
        var tag = BackupFormat.TagOf((await bench.DumpAsync("killed")).Time);
        var random = Seed.Random(1);
        var whole = await BackupChild.RunAsync(null, "push", bench.PathOf("killed"), bench.Repository("first-dump").ToString());
        for (var time = 0; time < Times; time++)
        {
            var (repository, after) = ($"killed{time}-dump", whole * random.NextDouble());
            await BackupChild.RunAsync(after, "push", bench.PathOf("killed"), bench.Repository(repository).ToString());
            using var client = bench.Client(repository);
            if (await client.FindManifestAsync(tag, default) is not null)
                await FetchAsync($"{repository}:{tag}", About(after));
            await bench.PushAsync("killed", repository);
            await FetchAsync($"{repository}:latest", About(after));
        }
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Are_restored_as_a_whole_or_known_for_unfinished()
    {
        await bench.DumpAsync("restored");
        var random = Seed.Random(2);
        await bench.Other.DropAllAsync();
        var whole = await BackupChild.RunAsync(null, "restore", bench.PathOf("restored"), bench.RestoreTo, bench.Cache);
        var expected = await DescribeAsync();
        for (var time = 0; time < Times; time++)
        {
            await bench.Other.DropAllAsync();
            var after = whole * random.NextDouble();
            await BackupChild.RunAsync(after, "restore", bench.PathOf("restored"), bench.RestoreTo, bench.Cache);
            await NobodyRestoresAsync(About(after));
            try
            {
                await bench.RestoreAsync(bench.PathOf("restored")); // nothing was begun
            }
            catch (StillframeException e) when (e.Code == ErrorCodes.RestoreRefused)
            {
                if (e.Message.Contains("was not finished", StringComparison.Ordinal))
                {
                    await bench.Other.DropAllAsync();
                    await bench.RestoreAsync(bench.PathOf("restored"));
                }
            }

            Assert.True(expected == await DescribeAsync(), About(after));
        }
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Are_pruned_by_the_next_prune_and_none_that_is_kept()
    {
        await bench.DumpAsync("pruned");
        var (random, path) = (Seed.Random(3), Path.Combine(bench.PathOf("pruned"), "dump.json"));
        var json = await File.ReadAllTextAsync(path);
        var whole = TimeSpan.Zero;
        for (var time = 0; time <= Times; time++)
        {
            var repository = $"pruned{time}-dump";
            for (var day = 10; day < 16; day++)
            {
                await File.WriteAllTextAsync(path, System.Text.RegularExpressions.Regex.Replace(json, "\"time\": \"[^\"]*\"", $"\"time\": \"2026-11-{day}T00:00:00+00:00\""));
                await bench.PushAsync("pruned", repository);
            }

            var after = whole * random.NextDouble();
            if (time == 0)
                whole = await BackupChild.RunAsync(null, "prune", bench.Repository(repository).ToString());
            else
                await BackupChild.RunAsync(after, "prune", bench.Repository(repository).ToString());
            var left = (await bench.ListAsync(repository)).Select(backup => backup.Time.Day).ToList();
            Assert.True(left is [15, 14, ..], $"{About(after)}: {string.Join(' ', left)} are left");
            await FetchAsync($"{repository}:latest", About(after));
            await BackupChild.RunAsync(null, "prune", bench.Repository(repository).ToString());
            Assert.Equal([15, 14], (await bench.ListAsync(repository)).Select(backup => backup.Time.Day));
        }
    }

    /// <summary>Every byte of it, into a cache that has none of it.</summary>
    async Task FetchAsync(string backup, string about)
    {
        var cache = bench.PathOf(Path.GetRandomFileName());
        var fetched = await FetchedBackup.GetAsync($"oci://{bench.Registry.Host}/{backup}", cache, new(), SilentReporter.Instance, default);
        Assert.True(File.Exists(Path.Combine(fetched.Directory, "dump.json")), about);
        Directory.Delete(cache, recursive: true);
    }

    /// <summary>A server notices a moment later that a client is gone, and may still run its last statement.</summary>
    async Task NobodyRestoresAsync(string about)
    {
        await using var connection = await bench.Other.Server.ConnectAsync();
        await Eventually.IsTrueAsync(
            async () => await connection.ScalarAsync("SELECT COUNT(*) FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user = 'root'", default) == "0", () => $"{about}: a session stays");
    }

    async Task<string> DescribeAsync()
    {
        await using var connection = await bench.Other.Server.ConnectAsync();
        return string.Join('\n', await BulkBench.DescribeAsync(connection, "shop"));
    }

    static string About(TimeSpan after) => string.Create(CultureInfo.InvariantCulture, $"seed {Seed.Value}, killed after {after.TotalMilliseconds:0} ms");
}
