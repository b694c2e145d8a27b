using System.IO.Compression;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Loading;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.EndToEnd.Oracle.Generator;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Oracle;

/// <summary>A server full of schemas, and what mariadb-dump makes of them.</summary>
sealed class RealDumps : IAsyncDisposable
{
    /// <summary>Schemas of the source: every type, Sakila, and what generated dumps made.</summary>
    public const string Every = "every", Sakila = "sakila";

    readonly TemporaryDirectory work;
    readonly ClientLoads source;

    RealDumps(TemporaryDirectory work, ClientLoads source) => (this.work, this.source) = (work, source);

    public OracleServer Server => source.Server;

    /// <summary>Made by generated dumps.</summary>
    public IReadOnlyList<string> Generated { get; private set; } = [];

    /// <param name="generated">So many generated dumps are tried for schemas.</param>
    public static async Task<RealDumps> StartAsync(long seed, int generated)
    {
        var work = TemporaryDirectory.Create(WorkDirectory.Path);
        var dumps = new RealDumps(work, await ClientLoads.StartAsync(work.Path, withBinaryLog: true));
        try
        {
            await dumps.FillAsync(seed, generated);
            return dumps;
        }
        catch
        {
            await dumps.DisposeAsync();
            throw;
        }
    }

    /// <summary>A dump, as it would come in a file of this name.</summary>
    /// <param name="arguments">Of mariadb-dump, schemas last.</param>
    /// <param name="schema">What a person would name to the client; null for a dump that says it itself.</param>
    public async Task<GeneratedDump> DumpAsync(string schema, bool isNamed, params IEnumerable<string> arguments)
    {
        var text = new MemoryStream();
        var result = await ChildProcess.RunAsync(
            "mariadb-dump",
            ["--no-defaults", $"--socket={source.Server.Socket}", "--user=root", .. arguments],
            new() { Output = (stream, token) => stream.CopyToAsync(text, token), Environment = new Dictionary<string, string?> { ["TZ"] = "UTC" } });
        Assert.True(result.ExitCode == 0, result.AllOutput);
        return new(0, $"mariadb-dump {string.Join(' ', arguments)}", "", [new($"{schema}.sql", isNamed ? null : schema, Statements(text.ToArray()))]);
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await work.DisposeAsync();
    }

    async Task FillAsync(long seed, int generated)
    {
        await using var connection = await source.Server.ConnectAsync();
        await connection.ExecuteAsync($"CREATE DATABASE {Every}", default);
        await connection.ExecuteAsync($"USE {Every}", default);
        foreach (var statement in EveryType.Statements())
            await connection.ExecuteAsync(statement, default);
        var data = Path.Combine(work.Path, "data.sql");
        await using (var packed = new GZipStream(File.OpenRead(Repository.PathOf("tests/Data/sakila/data.sql.gz")), CompressionMode.Decompress))
        await using (var file = File.Create(data))
            await packed.CopyToAsync(file);
        Assert.Null(await source.LoadAsync([new(Repository.PathOf("tests/Data/sakila/schema.sql"), null), new(data, Sakila)], default));
        foreach (var dump in Enumerable.Range(0, generated).Select(index => DumpGenerator.Generate(seed, index)))
            await source.LoadAsync([.. dump.Files.Select(Write)], default); // what of it can be loaded is good enough
        Generated = [.. (await source.SchemasAsync()).Where(name => name is not (Every or Sakila))];
    }

    DumpFileOnDisk Write(DumpPart file)
    {
        var path = Path.Combine(work.Path, file.Name);
        File.WriteAllBytes(path, file.Content);
        return new(path, file.Schema);
    }

    /// <summary>Lines, which is where a tool's statements end and begin.</summary>
    static List<byte[]> Statements(byte[] text)
    {
        var pieces = new List<byte[]>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.AsSpan(start).IndexOf(";\n"u8) is var found and >= 0 ? start + found + 2 : text.Length;
            pieces.Add(text[start..end]);
            start = end;
        }

        return pieces;
    }
}
