using System.Globalization;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Recipes;
using Stillframe.Layers;
using Stillframe.Loading;

namespace Stillframe.Benchmarks;

/// <summary>What several benchmarks need: made when first asked for, and only once.</summary>
sealed class Bench : IAsyncDisposable
{
    /// <summary>What <see cref="EarlierBuildAsync"/> is called in the table.</summary>
    public const string Earlier = "clean build, loaded by a server, packed by zlib";

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly Dictionary<string, Task> made = [];
    readonly CancellationToken cancellationToken;
    int revision;

    public Bench(Sizes sizes, CancellationToken cancellationToken)
    {
        (Sizes, this.cancellationToken) = (sizes, cancellationToken);
        Builds = new(directory.Path, CacheDirectory);
    }

    public Sizes Sizes { get; }

    public FrameBuilds Builds { get; }

    public string WorkDirectory => directory.Path;

    /// <summary>Kept between runs, so that a server's packages are fetched once.</summary>
    public static string CacheDirectory { get; } = Path.Combine(AppContext.BaseDirectory, "cache");

    public string PathOf(string name) => Path.Combine(directory.Path, name);

    public Task<BenchDump> FourTablesAsync() => DumpAsync(Sizes.Dump, tables: 4);

    public Task<BenchDump> TwentyTablesAsync() => DumpAsync(Sizes.Twenty, tables: 20);

    public Task<BenchDump> DumpAsync(int megabytes, int tables) => OnceAsync($"dump of {megabytes} MB with {tables} tables", () =>
        BenchDump.WriteAsync(PathOf($"dump-{megabytes}-{tables}.sql"), megabytes, tables, cancellationToken));

    /// <summary>For <see cref="BenchDump.ChangeAsync"/>: one that no build has seen.</summary>
    public int NextRevision() => ++revision;

    /// <summary>The clean build that the others are compared with; big dumps are built once, others several times.</summary>
    public Task<TimedBuild> CleanBuildAsync(BenchDump dump) => OnceAsync($"clean build of {dump.Path}", async () =>
    {
        var build = await Builds.CleanAsync(dump.Path, dump.Megabytes < 500 ? Sizes.Rounds : 1, cancellationToken);
        Say($"clean build of {dump.Megabytes:N0} MB: {build.Seconds:N1} s, {build.Frame.Size / 1e6:N0} MB");
        return build;
    });

    /// <summary>The clean build as it was before tables were written without a server and layers packed by <c>Stillframe.Deflate</c>: loaded by a server, packed by zlib.</summary>
    public Task<TimedBuild> EarlierBuildAsync(BenchDump dump) => OnceAsync($"earlier build of {dump.Path}", async () =>
    {
        Builds.EmptyObjectCache();
        var build = await FrameBuilds.BuildAsync(Builds.Request(dump.Path) with { Compiler = CompilerKind.Server, Compression = new(LayerFormat.Gzip, 2) }, cancellationToken);
        Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
        Say($"the same, loaded by a server and packed by zlib: {build.Seconds:N1} s, {build.Frame.Size / 1e6:N0} MB");
        return build;
    });

    public Task<UsualRecipe> UsualAsync() => OnceAsync("usual recipe", async () =>
    {
        var usual = await UsualRecipe.RunAsync((await FourTablesAsync()).Path, PathOf("usual"), cancellationToken);
        Say($"usual recipe: {usual.Time}");
        return usual;
    });

    public static void Say(FormattableString text) => Console.WriteLine("    " + text.ToString(CultureInfo.InvariantCulture));

    /// <summary>What was made before under this key, or makes it; what failed has failed for all who ask.</summary>
    public Task<T> OnceAsync<T>(string key, Func<Task<T>> make)
    {
        if (!this.made.TryGetValue(key, out var made))
            this.made[key] = made = make();
        return (Task<T>)made;
    }

    public ValueTask DisposeAsync() => directory.DisposeAsync();
}
