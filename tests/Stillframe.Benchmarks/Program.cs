using Stillframe.Benchmarks;

var benchmarks = new Dictionary<string, Func<string[], Task<int>>>
{
    ["read"] = ReadBenchmark.RunAsync,
    ["load"] = LoadBenchmark.RunAsync,
    ["frame"] = FrameBenchmark.RunAsync,
    ["build"] = BuildBenchmark.RunAsync,
};

if (args.Length > 0 && benchmarks.TryGetValue(args[0], out var run))
    return await run(args[1..]);

Console.Error.WriteLine($"One of: {string.Join(", ", benchmarks.Keys)}");
return 2;
