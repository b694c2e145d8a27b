using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Frames;

/// <summary>A hand-written dump with everything: views, triggers that fill a table, routines, FULLTEXT, BLOBs, SET, ENUM, YEAR.</summary>
public sealed class SakilaFrames : IDisposable
{
    readonly FrameWorkshop workshop = new();

    [NeedsFact(Need.Apt)]
    public async Task Keeps_every_promise_and_answers_the_reader()
    {
        var frame = await FrameWorkshop.BuildAsync(workshop.Request(FrameWorkshop.Sakila));
        await using var stage = await FrameWorkshop.StageAsync(frame);
        var report = await FrameVerifier.VerifyAsync(stage, frame.Contents, FrameWorkshop.Reader, SilentReporter.Instance, CancellationToken.None);
        Assert.True(report.Passed, string.Join(Environment.NewLine, report.Lines()));
        Assert.Equal(16, frame.Tables.Count);

        await using var running = await stage.StartAsync(FrameStart.Production, CancellationToken.None);
        await using var connection = await ServerConnection.ConnectAsync(
            running.Endpoint, FrameWorkshop.Reader.User, FrameWorkshop.Reader.Password, CancellationToken.None);

        await SakilaAnswers.CheckAsync(connection);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Docker)]
    public async Task Keeps_every_promise_in_a_container()
    {
        var request = workshop.Request(FrameWorkshop.Sakila, EngineKind.Docker);
        var frame = await FrameWorkshop.BuildAsync(request with { Engine = request.Engine with { BaseImage = Needs.BaseImage } });
        await using var stage = await FrameWorkshop.StageAsync(frame);
        var report = await FrameVerifier.VerifyAsync(stage, frame.Contents, FrameWorkshop.Reader, SilentReporter.Instance, CancellationToken.None);
        Assert.True(report.Passed, string.Join(Environment.NewLine, report.Lines()));
        Assert.Contains(report.Checks, check => check is { Name: "mounts", Detail: "[]" });
        Assert.Contains(report.Checks, check => check is { Name: "health check", Detail: "mariadb-admin" });
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Docker, Need.Apt)]
    public async Task Made_without_an_engine_runs_in_one()
    {
        var frame = await FrameWorkshop.BuildAsync(workshop.Request(FrameWorkshop.Sakila));
        var image = await ImageLayout.ReadAsync(frame.LayoutDirectory);
        await using var stage = await ContainerStage.CreateAsync(ContainerCommand.Docker, image, SilentReporter.Instance, CancellationToken.None);
        var report = await FrameVerifier.VerifyAsync(stage, frame.Contents, FrameWorkshop.Reader, SilentReporter.Instance, CancellationToken.None);
        Assert.True(report.Passed, string.Join(Environment.NewLine, report.Lines()));
    }

    public void Dispose() => workshop.Dispose();
}
