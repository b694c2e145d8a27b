using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Loading;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Frames;

/// <summary>Builds and starts frames for the tests of one class.</summary>
public sealed class FrameWorkshop : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public static ReaderAccount Reader { get; } = new("reader", "se'cr\\et", AllowEmptyPassword: false);

    public static IReadOnlyList<string> Sakila { get; } =
        [Repository.PathOf("tests/Data/sakila/schema.sql"), Repository.PathOf("tests/Data/sakila/data.sql.gz")];

    public string PathOf(string name) => Path.Combine(directory.Path, name);

    public FrameRequest Request(IReadOnlyList<string> dumps, EngineKind engine = EngineKind.Embedded, string layout = "layout") => new()
    {
        Dumps = dumps,
        Engine = new(engine, null, null, CacheOfTheRun.Directory, PathOf("work")),
        Reader = Reader,
        LayoutDirectory = PathOf(layout),
    };

    public string Dump(string name, string sql)
    {
        File.WriteAllText(PathOf(name), sql);
        return PathOf(name);
    }

    public static Task<FrameBuild> BuildAsync(FrameRequest request) => FrameBuilder.BuildAsync(request, SilentReporter.Instance, CancellationToken.None);

    public static async Task<IFrameStage> StageAsync(FrameBuild frame) =>
        await FrameStages.CreateAsync(
            await ImageLayout.ReadAsync(frame.LayoutDirectory), frame.Engine, null, SilentReporter.Instance, CancellationToken.None);

    public void Dispose() => directory.Dispose();
}
