using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Verification;

namespace Stillframe.Benchmarks;

/// <summary>
/// <c>frame [MB] [--json FILE]</c>: from dump to packed image, and from start to first query, against the usual recipe in the same run.
/// Ratios count: the machine is what it is, and busy.
/// </summary>
static class FrameBenchmark
{
    const string Query = "SELECT name FROM bench.measurement_0 WHERE id = 4711";

    static readonly ReaderAccount Reader = new("bench", "", AllowEmptyPassword: true);

    sealed record Row(string What, double Ours, double Usual, string Unit)
    {
        /// <summary>How many times less ours is; null where ours is nothing at all.</summary>
        public double? Ratio => Ours > 0 ? Usual / Ours : null;
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        var json = arguments.SkipWhile(argument => argument != "--json").Skip(1).FirstOrDefault();
        var megabytes = arguments.Length > 0 && int.TryParse(arguments[0], CultureInfo.InvariantCulture, out var given) ? given : 300;
        await using var directory = TemporaryDirectory.Create();
        var dump = Path.Combine(directory.Path, "bench.sql");
        await GeneratedDump.WriteAsync(dump, megabytes * 1_000_000L);
        Console.WriteLine($"{new FileInfo(dump).Length / 1e6:N0} MB of dump, {Environment.ProcessorCount} cores");
        var rows = new List<Row>();

        var clock = Stopwatch.StartNew();
        var frame = await BuildAsync(directory.Path, dump);
        var ours = clock.Elapsed;
        Console.WriteLine($"our build: {ours.TotalSeconds:N1} s, {frame.Size / 1e6:N0} MB");

        var usual = new UsualRecipe(directory.Path);
        var (load, pack) = await usual.BuildAsync(dump, default);
        Console.WriteLine($"usual recipe: {load.TotalSeconds:N1} s to load, {pack.TotalSeconds:N1} s to pack");
        rows.Add(new("dump to packed image", ours.TotalSeconds, (load + pack).TotalSeconds, "s"));

        if (await ContainerCommand.Docker.WhyNotAsync(default) is { } reason)
            Console.WriteLine($"No start is measured: {reason}.");
        else
            rows.AddRange(await StartsAsync(frame, usual, BaseImage));

        Print(rows);
        if (json is not null)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(rows));
        return 0;
    }

    static string BaseImage => Environment.GetEnvironmentVariable("STILLFRAME_TEST_BASE_IMAGE") is { Length: > 0 } image ? image : "mariadb:10.11-test";

    static Task<FrameBuild> BuildAsync(string directory, string dump) => FrameBuilder.BuildAsync(
        new()
        {
            Dumps = [dump],
            Engine = new(EngineKind.Embedded, null, null, Path.Combine(AppContext.BaseDirectory, "cache"), directory),
            Reader = Reader,
            LayoutDirectory = Path.Combine(directory, "layout"),
        },
        SilentReporter.Instance,
        default);

    /// <summary>Three starts of each, in turn; the middle one counts.</summary>
    static async Task<IReadOnlyList<Row>> StartsAsync(FrameBuild frame, UsualRecipe usual, string baseImage)
    {
        var image = await ImageLayout.ReadAsync(frame.LayoutDirectory);
        await using var stage = await ContainerStage.CreateAsync(ContainerCommand.Docker, image, SilentReporter.Instance, default);
        await using var container = await UsualContainer.CreateAsync(usual, baseImage);
        List<(double Milliseconds, long Bytes)> ours = [], theirs = [];
        for (var round = 0; round < 3; round++)
        {
            var clock = Stopwatch.StartNew();
            await using (var running = await stage.StartAsync(FrameStart.Production with { ReadOnlyRoot = false }, default))
            {
                await QueryAsync(running.Endpoint);
                ours.Add((clock.Elapsed.TotalMilliseconds, await running.BytesWrittenAsync(default)));
            }

            theirs.Add(await container.StartAsync(QueryAsync));
        }

        return
        [
            new("start to first query", Middle(ours.Select(start => start.Milliseconds)), Middle(theirs.Select(start => start.Milliseconds)), "ms"),
            new("bytes written at start", Middle(ours.Select(start => (double)start.Bytes)), Middle(theirs.Select(start => (double)start.Bytes)), "bytes"),
        ];
    }

    static async Task QueryAsync(ServerEndpoint endpoint)
    {
        await using var connection = await UsualRecipe.ConnectAsync(endpoint, Reader.User, default);
        if (await connection.ScalarAsync(Query, default) is null)
            throw new InvalidOperationException("The first query gave no row.");
    }

    static double Middle(IEnumerable<double> values) => values.Order().ElementAt(1);

    static void Print(List<Row> rows)
    {
        Console.WriteLine();
        Console.WriteLine("| what | Stillframe | usual recipe | ratio |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var row in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {row.What} | {row.Ours:N1} {row.Unit} | {row.Usual:N1} {row.Unit} | {row.Ratio?.ToString("N1", CultureInfo.InvariantCulture) ?? "–"} |"));
    }
}
