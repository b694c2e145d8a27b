using System.Diagnostics;
using System.IO.Compression;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;
using Stillframe.Connections;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Reports on a small database that is in every cache and on one that is in none: a frame and a default server of the same dump and as much memory, with nothing tuned, asked in turn.</summary>
sealed class Analysis : IRow
{
    const string Against = "default server on a volume, fed by its own client", Memory = "1g";

    static readonly Line Small = new($"twenty analytical queries, the sample's places, both with their own defaults and {Memory} of memory", Against, "s", new Target.TimesLess(1.3));
    static readonly Line Big = new($"twenty analytical queries, big frame, both with their own defaults and {Memory} of memory", Against, "s", new Target.TimesLess(1.3));

    public string Name => "analysis";

    public IReadOnlyList<Line> Lines => [Small, Big];

    public IReadOnlyList<string> Needs => [Programs.Docker, Programs.Server, Programs.Install, Programs.Client, "mariadb-check"];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var places = bench.PathOf("gazetteer.sql");
        await using (var packed = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "gazetteer.sql.gz")), CompressionMode.Decompress))
        await using (var file = File.Create(places))
            await packed.CopyToAsync(file, cancellationToken);
        var generated = await bench.DumpAsync(bench.Sizes.Big, tables: 4);
        return
        [
            await CompareAsync(Small, bench, ("gazetteer", places, Questions.OfGazetteer), bench.Sizes.Rounds + 2, cancellationToken),
            await CompareAsync(Big, bench, ("bench", generated.Path, Questions.OfGenerated), 1, cancellationToken),
        ];
    }

    static async Task<Measurement> CompareAsync(Line line, Bench bench, (string Schema, string Dump, IReadOnlyList<string> Questions) of, int rounds, CancellationToken cancellationToken)
    {
        var build = await FrameBuilds.BuildAsync(bench.Builds.Request(of.Dump) with { Schema = of.Schema }, cancellationToken);
        await using var image = await FrameImage.LoadAsync(build.Frame.LayoutDirectory, cancellationToken);
        Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
        var data = bench.PathOf($"loaded-{of.Schema}");
        await LoadedData.CreateAsync(data, of.Schema, of.Dump, cancellationToken);
        await using var volume = await DataVolume.CreateAsync(data, cancellationToken);
        Directory.Delete(data, recursive: true);

        string[] limit = ["--memory", Memory, "--memory-swap", Memory];
        await using var frame = await image.StartAsync(cancellationToken, limit: limit);
        await using var server = await DefaultServer.StartAsync(volume, [], cancellationToken, limit);
        List<double[]> ours = [], theirs = [];
        for (var round = 0; round < rounds; round++)
        {
            await HostMemory.ForgetCachesAsync(cancellationToken);
            var a = await AskAsync(frame, of.Schema, of.Questions, cancellationToken);
            await HostMemory.ForgetCachesAsync(cancellationToken);
            var b = await AskAsync(server, of.Schema, of.Questions, cancellationToken);
            for (var question = 0; question < of.Questions.Count; question++)
                if (a.Answers[question] != b.Answers[question])
                    throw new InvalidOperationException($"'{of.Questions[question]}': the frame says '{a.Answers[question]}', the server '{b.Answers[question]}'.");
            ours.Add(a.Seconds);
            theirs.Add(b.Seconds);
        }

        double[] each = [.. Enumerable.Range(0, of.Questions.Count).Select(question => Median(theirs, question) / Median(ours, question))];
        return line.Measured(Quantity.Median(ours.Select(Enumerable.Sum)), Quantity.Median(theirs.Select(Enumerable.Sum)), FormattableString.Invariant(
            $"medians of {rounds} rounds, in turn, {new FileInfo(of.Dump).Length / 1e6:N0} MB of dump; single queries {each.Min():0.00} to {each.Max():0.00} times as fast, the one in the middle {Quantity.Median(each):0.00}"));
    }

    static double Median(List<double[]> rounds, int question) => Quantity.Median(rounds.Select(round => round[question]));

    static async Task<(double[] Seconds, string[] Answers)> AskAsync(ServerContainer container, string schema, IReadOnlyList<string> questions, CancellationToken cancellationToken)
    {
        await using var connection = await container.ConnectAsync(FrameBuilds.Reader.User, cancellationToken);
        await connection.ExecuteAsync($"USE {schema}", cancellationToken);
        var (seconds, answers) = (new double[questions.Count], new string[questions.Count]);
        for (var question = 0; question < questions.Count; question++)
        {
            var clock = Stopwatch.StartNew();
            var rows = await connection.QueryAsync(questions[question], cancellationToken);
            seconds[question] = clock.Elapsed.TotalSeconds;
            answers[question] = string.Join('\n', rows.Select(row => string.Join('\t', row)));
        }

        return (seconds, answers);
    }
}
