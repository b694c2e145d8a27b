using System.Data.Common;
using System.Globalization;
using Dapper;
using Stillframe.Connections;
using Stillframe.Destinations;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Routing;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Inspection;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Testing;

/// <summary>What <c>DatabaseImageScratch</c> delivers beside a frame.</summary>
[Collection(TestsWithAFrame.Name)]
public sealed class ScratchImages(TestedFrame tested)
{
    [NeedsFact(Need.LocalServer, Need.Docker)]
    public async Task Are_written_to_by_the_frames_reader_in_one_container_alone()
    {
        var repository = Reference.Parse($"localhost/scratch-{Guid.NewGuid():n}");
        var image = await ScratchImage.OfAsync(await ImageLayout.ReadAsync(tested.Layout), default);
        await new EngineDestination("docker", repository).DeliverAsync(image, ["1-scratch"], SilentReporter.Instance, default);
        try
        {
            // without any option, and with all that takes rights away
            await using var mine = await ContainerOfAFrame.StartAsync($"{repository}:1-scratch");
            await using var other = await ContainerOfAFrame.StartAsync($"{repository}:1-scratch", "--cap-drop", "ALL", "--security-opt", "no-new-privileges");
            await using DbConnection written = await OpenAsync(mine), untouched = await OpenAsync(other);
            await written.ExecuteAsync("CALL add_order('mine'); UPDATE texts SET text = 'changed' WHERE id = 1; CREATE TABLE more (id INT)");

            Assert.Equal(["changed", "the second", "mine"], await written.QueryAsync<string>("SELECT text FROM texts ORDER BY id"));
            Assert.Equal(["mine"], await written.QueryAsync<string>("SELECT text FROM log"));
            Assert.Equal(["from the start", "the second"], await untouched.QueryAsync<string>("SELECT text FROM texts ORDER BY id"));
            Assert.ThrowsAny<DbException>(() => written.Execute("UPDATE stillframe.image SET data_version = ''"));
        }
        finally
        {
            await Command.SucceedAsync("docker", ["rmi", $"{repository}:1-scratch"]);
        }
    }

    [NeedsFact(Need.LocalServer, Need.Registry)]
    public async Task Share_all_layers_with_their_frame_and_are_no_frames()
    {
        var frame = await ImageLayout.ReadAsync(tested.Layout);
        var scratch = await ScratchImage.OfAsync(frame, default);
        await using var registry = await LocalRegistry.StartAsync();
        var repository = Reference.Of(registry.Host, "shop-db");
        await new RegistryDestination(repository, new()).DeliverAsync(frame, ["1"], SilentReporter.Instance, default);

        var delivered = await new RegistryDestination(repository, new()).DeliverAsync(scratch, ["1-scratch"], SilentReporter.Instance, default);

        Assert.Equal((2, frame.Layers.Count), (delivered.BlobsSent, delivered.BlobsSkipped)); // its configuration and its own layer
        Assert.InRange(delivered.BytesSent, 1, 20_000);
        Assert.Equal(scratch.Digest, (await ScratchImage.OfAsync(frame, default)).Digest);
        var log = await FrameLog.ReadAsync(repository, new(), SilentReporter.Instance, default);
        Assert.Equal(["1"], Assert.Single(log.Frames).Tags);
    }

    static Task<DbConnection> OpenAsync(ContainerOfAFrame container) => container.OpenAsync(FrameWorkshop.Reader.User, FrameWorkshop.Reader.Password, "shop");
}
