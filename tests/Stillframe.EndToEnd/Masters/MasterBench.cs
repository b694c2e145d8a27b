using System.IO.Compression;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.Masters;

namespace Stillframe.EndToEnd.Masters;

/// <summary>A master that logs rows, for tests that change it.</summary>
public sealed class ChangingMaster : IAsyncLifetime
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    internal ClientLoads Loads { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.LocalServer]) is not null)
            return;
        Loads = await ClientLoads.StartAsync(work.Path, withBinaryLog: true);
        await using var connection = await Loads.Server.ConnectAsync();
        await connection.ExecuteAsync("SET GLOBAL binlog_format = 'ROW'", default);
    }

    public async Task DisposeAsync()
    {
        if (Loads is not null)
            await Loads.DisposeAsync();
        work.Dispose();
    }
}

/// <summary>Dumps of one master into directories of a test.</summary>
sealed class MasterBench(ClientLoads master) : IDisposable
{
    static readonly string[] names = ["a", "m", "z"];

    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public string Work => work.Path;

    public OracleServer Server => master.Server;

    public string PathOf(string name) => Path.Combine(work.Path, name);

    public string Address(string database, string user = "root") => $"Server={Server.Socket};User ID={user};Database={database}";

    public Task<DumpManifest> DumpAsync(string database, string directory, MasterDumpOptions? options = null, IReporter? reporter = null, CancellationToken cancellationToken = default) =>
        MasterDump.WriteAsync(Address(database), PathOf(directory), options ?? new(), reporter ?? SilentReporter.Instance, cancellationToken);

    public async Task ExecuteAsync(params IEnumerable<string> statements)
    {
        await using var connection = await Server.ConnectAsync();
        foreach (var statement in statements)
            await connection.ExecuteAsync(statement, default);
    }

    /// <summary>A schema with three equal tables, <c>a</c>, <c>m</c> and <c>z</c>, each with a column <c>v</c> of zeros.</summary>
    public Task MakeAsync(string schema, int rows = 2000) => ExecuteAsync(
    [
        $"CREATE OR REPLACE DATABASE {schema}", $"USE {schema}",
        .. names.Select(name => $"CREATE TABLE {name} (PRIMARY KEY (id)) ENGINE=InnoDB AS SELECT seq id, 0 v, REPEAT('x', 200) t FROM seq_1_to_{rows}"),
    ]);

    public SortedDictionary<string, string> Contents(string directory) => ContentsOf(PathOf(directory));

    /// <summary>Names and contents of all but the manifest.</summary>
    public static SortedDictionary<string, string> ContentsOf(string path) => new(
        Directory.EnumerateFiles(path, "*.gz").ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))), StringComparer.Ordinal);

    public string Text(string directory, string file)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(PathOf(directory), file)), CompressionMode.Decompress));
        return text.ReadToEnd();
    }

    /// <summary>Of the second value of each row of all tables.</summary>
    public long Sum(string directory) => Directory.EnumerateFiles(PathOf(directory), "*.*.sql.gz").Sum(path =>
        Text(directory, Path.GetFileName(path)).Split('\n').Select(line => line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..].Split(','))
            .Sum(values => values.Length > 2 && long.TryParse(values[1], out var value) ? value : 0));

    /// <summary>Does something while four writers move amounts from one table to another: in every snapshot the sum is 0.</summary>
    public async Task WhileWrittenToAsync(string schema, Func<Func<Task>, Task> work)
    {
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writers = Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            var random = new Random(number);
            await using var connection = await Server.ConnectAsync();
            while (!stop.IsCancellationRequested)
            {
                var (id, amount) = (random.Next(500) * 4 + number + 1, random.Next(100));
                foreach (var statement in new[] { "BEGIN", $"UPDATE {schema}.a SET v = v - {amount} WHERE id = {id}", $"UPDATE {schema}.z SET v = v + {amount} WHERE id = {id}", "COMMIT" })
                    await connection.ExecuteAsync(statement, default);
                Interlocked.Increment(ref written);
            }
        })).ToArray();
        try
        {
            await work(() =>
            {
                var before = Volatile.Read(ref written);
                return Eventually.IsTrueAsync(() => Volatile.Read(ref written) > before || writers.Any(writer => writer.IsFaulted), () => "Nobody writes.");
            });
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(writers);
        }
    }

    public void Dispose() => work.Dispose();
}
