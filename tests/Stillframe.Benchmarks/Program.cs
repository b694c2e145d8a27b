using Stillframe.Benchmarks;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Others;

var others = new Dictionary<string, Func<string[], Task<int>>>
{
    ["read"] = ReadBenchmark.RunAsync,
    ["load"] = LoadBenchmark.RunAsync,
    ["build"] = BuildBenchmark.RunAsync,
};
using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupt.Cancel();
};

if (args is [BuildChild.Command, .. var child])
    return await BuildChild.RunAsync(child, interrupt.Token);

var known = MeasuredTable.Rows.Select(row => row.Name).Concat(others.Keys).ToList();
if (args is not [var first, .. var rest] || first.Split('+').Except(known).Any())
{
    Console.Error.WriteLine($"Some of these, separated by '+': {string.Join(", ", known)}; then [--sizes {new Sizes()}] [--output DIRECTORY]");
    return 2;
}

string? Option(string name) => rest.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault();

try
{
    return await RunAsync(first.Split('+')) ? 0 : 1;
}
catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted.");
    return 130;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

async Task<bool> RunAsync(string[] names)
{
    var rows = MeasuredTable.Rows.Where(row => names.Contains(row.Name)).ToList();
    var succeeded = rows.Count == 0 || await MeasuredTable.RunAsync(rows, Sizes.Parse(Option("--sizes") ?? ""), Option("--output"), interrupt.Token);
    foreach (var name in names.Where(others.ContainsKey))
    {
        Console.WriteLine(name);
        succeeded &= await others[name](names.Length == 1 ? rest : []) == 0;
    }

    return succeeded;
}
