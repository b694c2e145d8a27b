using Stillframe.Compiling;
using Stillframe.Layers;

namespace Stillframe.Tests.Layers;

public sealed class WaysToPack
{
    [Fact]
    public void Are_told_apart_by_the_library_that_packs()
    {
        Assert.Contains(Zstd.Version(), LayerCompression.Zstd.Identity, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+$", Zstd.Version());
    }

    [Fact]
    public void Give_layers_other_keys() =>
        Assert.Equal(4, new[] { LayerCompression.None, LayerCompression.Fast, LayerCompression.Small, LayerCompression.Zstd }
            .Select(compression => ObjectKey.OfLayer(compression, ["a"])).Distinct().Count());
}
