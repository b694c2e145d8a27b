using Stillframe.Layers;

namespace Stillframe.Tests.Layers;

public sealed class PlannedDataDirectories : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void System_files_come_first_and_the_frames_own_table_last()
    {
        Make("ibdata1", "ib_logfile0", "mysql/global_priv.MAD", "performance_schema/db.opt", "shop/orders.ibd", "stillframe/image.ibd");

        var plans = DataLayers.Plan(directory.Path);

        Assert.Equal(["system files", "table shop.orders", "frame description"], plans.Select(plan => plan.Name));
        Assert.Contains("var/lib/mysql/mysql/global_priv.MAD", Paths(plans[0]));
        Assert.Contains("var/lib/mysql/ibdata1", Paths(plans[2]));
        Assert.Contains("var/lib/mysql/shop", Paths(plans[0]));
        Assert.Contains("var/lib/mysql/stillframe/image.ibd", Paths(plans[2]));
    }

    [Fact]
    public void The_base_images_own_data_directory_is_hidden()
    {
        Make("ibdata1");

        Assert.Contains("var/lib/mysql/.wh..wh..opq", Paths(DataLayers.Plan(directory.Path)[0]));
    }

    [Fact]
    public void A_big_table_has_a_layer_with_all_its_files()
    {
        Make("shop/orders.frm", "shop/small.ibd", "shop/small.frm");
        Make(600, "shop/orders#P#p0.ibd", "shop/orders#p#p1.ibd");

        var plans = DataLayers.Plan(directory.Path, new() { BigTable = 1000 });

        var big = Assert.Single(plans, plan => plan.Name == "table shop.orders");
        Assert.Equal(3, big.Entries.OfType<LayerEntry.File>().Count());
    }

    [Fact]
    public void A_table_that_grows_leaves_the_others_where_they_were()
    {
        Make(100, [.. Enumerable.Range(0, 30).Select(i => $"shop/t{i}.ibd")]);
        var options = new DataLayerOptions { BigTable = 300, Group = 1000 };
        var before = DataLayers.Plan(directory.Path, options);
        Make(250, "shop/t7.ibd");
        var after = DataLayers.Plan(directory.Path, options);

        Assert.InRange(before.Count, 3, 20);
        Assert.Equal(before.Select(plan => string.Join(',', Paths(plan))), after.Select(plan => string.Join(',', Paths(plan))));
    }

    [Fact]
    public void There_are_never_more_layers_than_asked_for()
    {
        Make(100, [.. Enumerable.Range(0, 300).Select(i => $"shop/t{i}.ibd")]);

        var plans = DataLayers.Plan(directory.Path, new() { BigTable = 1, Group = 1, MaxLayers = 30 });

        Assert.InRange(plans.Count, 20, 30);
        Assert.Equal(300, plans.Sum(plan => plan.Entries.OfType<LayerEntry.File>().Count()));
    }

    void Make(params string[] files) => Make(1, files);

    void Make(int size, params string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(directory.Path, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, new byte[size]);
        }
    }

    static IEnumerable<string> Paths(LayerPlan plan) => plan.Entries.Select(entry => entry.Path);
}
