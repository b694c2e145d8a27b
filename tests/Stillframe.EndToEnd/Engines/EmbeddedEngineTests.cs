using Stillframe.Engines;

namespace Stillframe.EndToEnd.Engines;

public class EmbeddedEngineTests
{
    [Fact]
    public async Task Opens_bootstraps_starts_and_shuts_down()
    {
        var engine = await EngineSelector.SelectAsync(Bench.Options(EngineKind.Embedded), SilentReporter.Instance, CancellationToken.None);
        string work;
        await using (var bench = await engine.OpenAsync(SilentReporter.Instance, CancellationToken.None))
        {
            work = Path.GetDirectoryName(bench.DataDirectory)!;
            await Bench.BootstrapAsync(bench);
            await using var server = await bench.StartServerAsync(["--innodb-buffer-pool-size=32M"], CancellationToken.None);
            await server.ShutdownAsync(CancellationToken.None);
            Assert.True(File.Exists(Path.Combine(await bench.TakeDataDirectoryAsync(CancellationToken.None), "ibdata1")));
        }

        Assert.False(Directory.Exists(work));
        Assert.False(Bench.IsMentionedByProcess(work));
    }
}
