using Stillframe.Connections;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Linking;
using Stillframe.EndToEnd.Masters;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Families;

/// <summary>Of what mysqldump writes of a MySQL, in two directories with caches of their own, one table at a time and two.</summary>
public sealed class MySqlFramesBuiltTwice
{
    /// <summary>The tree of a spatial index a server builds in another way each time.</summary>
    static readonly string[] mayDiffer = ["every/types.ibd", "sakila/address.ibd"];

    static readonly string[] schemas = ["every", MySqlTablesOfEveryForm.Schema, "sakila"];

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Docker, Need.MySql)]
    public async Task Have_equal_layers_of_tables_and_the_rows_of_their_master_and_a_changed_table_is_all_that_is_loaded_again()
    {
        await using var master = await NetworkMaster.StartMySqlAsync(_ => []);
        await master.ExecuteAsync([.. MySqlTablesOfEveryForm.Statements]);
        foreach (var file in (string[])[Repository.PathOf("tests/Data/mysql/every.sql"), .. FrameWorkshop.Sakila])
            await master.LoadIntoMySqlAsync(file);
        using LinkBench one = new(), two = new();
        var dumps = new List<string>();
        foreach (var schema in schemas)
        {
            dumps.Add(one.PathOf($"{schema}.sql"));
            await master.MySqlDumpAsync(schema, dumps[^1]);
        }

        var first = await BuildAsync(one, dumps, workers: 1);
        var second = await BuildAsync(two, dumps, workers: 2);

        var (tables, again) = (await TableLayers.OfAsync(first, schemas), await TableLayers.OfAsync(second, schemas));
        Assert.True(tables.Count > 50, string.Join(' ', tables.Keys));
        Assert.Equal(tables.Keys.Order(), again.Keys.Order());
        Assert.Equal([], tables.Where(table => again[table.Key] != table.Value).Select(table => table.Key).Except(mayDiffer));
        Assert.All(one.Messages.Where(line => line.Contains("may differ", StringComparison.Ordinal)), line => Assert.Contains("spatial", line, StringComparison.Ordinal));

        await AreSoundAsync(two, second);

        await master.ExecuteAsync($"INSERT INTO {MySqlTablesOfEveryForm.Schema}.child VALUES (9999, 1)");
        await master.MySqlDumpAsync(MySqlTablesOfEveryForm.Schema, dumps[1]);
        var third = await BuildAsync(two, dumps, workers: 2);

        Assert.Equal([$"{MySqlTablesOfEveryForm.Schema}.child"], two.Compiled);
        var later = await TableLayers.OfAsync(third, schemas);
        Assert.Equal([again[$"{MySqlTablesOfEveryForm.Schema}/child.ibd"]], again.Values.Distinct().Except(later.Values));
        await HasTheRowsAsync(master, third);
    }

    static async Task<FrameBuild> BuildAsync(LinkBench bench, List<string> dumps, int workers)
    {
        var options = await MySqlImage.OptionsAsync(bench.Request(dumps[0]).Engine with { Kind = EngineKind.Docker });
        return await bench.BuildAsync(dumps[0], request => request with { Dumps = dumps, Workers = workers, Engine = options });
    }

    /// <summary>What MySQL's own programs say of each tablespace: its checksums are right, and so is its description of itself.</summary>
    static async Task AreSoundAsync(LinkBench bench, FrameBuild frame)
    {
        var files = bench.PathOf("files");
        Directory.CreateDirectory(files);
        foreach (var layer in (await ImageLayout.ReadAsync(frame.LayoutDirectory)).Layers.Select(layer => Path.Combine(frame.LayoutDirectory, "blobs/sha256", layer.Descriptor.Digest.Hex)).Where(File.Exists))
            await Command.SucceedAsync("tar", ["-xf", layer, "-C", files]);
        var unpacked = new UnpackedForTests(Needs.MySql!, "lib/mysql/private");
        var tablespaces = Directory.EnumerateFiles($"{files}/var/lib/mysql", "*.ibd", SearchOption.AllDirectories).ToList();
        Assert.True(tablespaces.Count > 50);
        foreach (var (program, file) in from file in tablespaces from program in (string[])["bin/innochecksum", "bin/ibd2sdi"] select (unpacked.Program(program), file))
            await Command.SucceedAsync(program[0], [.. program.Skip(1), file]);
    }

    static async Task HasTheRowsAsync(NetworkMaster master, FrameBuild frame)
    {
        await using var stage = await FrameStages.CreateAsync(await ImageLayout.ReadAsync(frame.LayoutDirectory), frame.Engine, null, SilentReporter.Instance, default);
        await using var running = await stage.StartAsync(FrameStart.Production, default);
        await using var connection = await ServerConnection.ConnectAsync(running.Endpoint, LinkBench.Reader.User, LinkBench.Reader.Password, default);
        await using var there = await master.ConnectAsync();
        await MySqlFrames.HasTheTablesOfAsync(frame, there, connection);
    }
}
