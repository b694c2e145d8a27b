using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Linking;

/// <summary>A machine that has never seen the dump takes over what the registry has.</summary>
public sealed class FramesInARegistry : IDisposable
{
    readonly LinkBench bench = new();
    readonly LinkBench other = new();

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Apt, Need.Registry)]
    public async Task With_the_same_data_only_have_their_tags_moved()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var reference = $"{registry.Host}/shop-db:1";
        var first = await LinkChild.PublishAsync(Request(bench, SmallDump.Tables, reference), reference);

        var again = Request(other, SmallDump.Tables, reference);
        var second = await LinkChild.PublishAsync(again, $"{registry.Host}/shop-db:2");
        Assert.Equal(first.Build.Digest, second.Build.Digest);
        Assert.Equal((0, 0L), (second.Delivery.BlobsSent, second.Delivery.BytesSent));
        Assert.DoesNotContain(Directory.EnumerateFiles(again.LayoutDirectory, "*", SearchOption.AllDirectories), file => new FileInfo(file).Length > 100_000);

        // who wants it here after all gets it
        await AssertVerifiedAsync(second.Build);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt, Need.Registry)]
    public async Task Are_found_by_their_labels_under_tags_that_nobody_names()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var first = await LinkChild.PublishAsync(Request(bench, SmallDump.Tables, $"{registry.Host}/shop-db:7"), $"{registry.Host}/shop-db:7");

        var request = Request(other, SmallDump.Tables, $"{registry.Host}/shop-db:8");
        request = request with { Previous = request.Previous! with { Tags = ["8", "latest"] } };
        var said = new List<string>();
        var second = await LinkChild.PublishAsync(request, $"{registry.Host}/shop-db:8", new Listener(said));
        Assert.Equal((first.Build.Digest, 0), (second.Build.Digest, second.Delivery.BlobsSent));
        Assert.Contains(said, line => line.StartsWith($"Building on the previous frame {registry.Host}/shop-db:7", StringComparison.Ordinal));
    }

    [NeedsFact(Need.Apt, Need.Registry)]
    public async Task Give_the_layers_of_tables_that_are_as_they_were()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var reference = $"{registry.Host}/shop-db:latest";
        var tables = Enumerable.Range(1, 3).ToDictionary(
            i => $"big{i}",
            i => $"CREATE TABLE `big{i}` (`id` int PRIMARY KEY, `v` varchar(80), `w` varchar(250), KEY (`v`)) ENGINE=InnoDB;\n" + Wide($"big{i}"));
        tables["basket"] = SmallDump.Tables["basket"];
        var first = await LinkChild.PublishAsync(Request(bench, tables, reference), reference);

        tables["big2"] = tables["big2"].Replace("(7,'7','word7 ", "(7,'7','WORD7 ", StringComparison.Ordinal);
        var said = new List<string>();
        var second = await LinkChild.PublishAsync(Request(other, tables, reference), reference, new Listener(said));
        Assert.Equal(["shop.big2"], said.Where(line => line.StartsWith("Compiling ", StringComparison.Ordinal)).Select(line => line.Split(' ', ':')[1]));
        Assert.InRange(second.Delivery.BytesSent, 1, first.Delivery.BytesSent / 3);
        var image = await ImageLayout.ReadAsync(second.Build.LayoutDirectory);
        Assert.Equal(3, image.Layers.Count(layer => layer.StaysAtOrigin && layer.Descriptor.Size > 1000 && !File.Exists(Path.Combine(second.Build.LayoutDirectory, "blobs/sha256", layer.Descriptor.Digest.Hex))) - (image.Layers[0].StaysAtOrigin ? 1 : 0));
        await AssertVerifiedAsync(second.Build);
    }

    public void Dispose()
    {
        bench.Dispose();
        other.Dispose();
    }

    static async Task AssertVerifiedAsync(FrameBuild build)
    {
        await using var stage = await FrameStages.CreateAsync(await ImageLayout.ReadAsync(build.LayoutDirectory), build.Engine, null, SilentReporter.Instance, default);
        var report = await FrameVerifier.VerifyAsync(stage, build.Contents, new("reader", "secret", AllowEmptyPassword: false), SilentReporter.Instance, default);
        Assert.True(report.Passed, string.Join(Environment.NewLine, report.Lines()));
    }

    static FrameRequest Request(LinkBench bench, IReadOnlyDictionary<string, string> tables, string reference) =>
        LinkChild.Request(bench.Write("shop.sql", SmallDump.Of(tables)), bench.Layout, bench.Cache, bench.PathOf("work"), reference);

    /// <summary>More than 8 MB, so that the table has a layer of its own.</summary>
    static string Wide(string table)
    {
        var random = Seed.Random();
        return string.Concat(Enumerable.Range(0, 500).Select(i => $"INSERT INTO `{table}` VALUES " + string.Join(
            ',', Enumerable.Range(i * 100 + 1, 100).Select(n => $"({n},'{n % 1000}','word{n} {Convert.ToHexString(random.GetItems("stillframe"u8, 90))}')")) + ";\n"));
    }

    sealed class Listener(List<string> said) : IReporter
    {
        public void Message(Importance importance, string text)
        {
            lock (said)
                said.Add(text);
        }

        public void Warning(string code, string text, SourceLocation? location = null) => Message(Importance.High, text);
    }
}
