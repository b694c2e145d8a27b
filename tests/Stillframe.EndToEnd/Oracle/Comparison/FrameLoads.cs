using System.Collections.Concurrent;
using System.Formats.Tar;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Freezing;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Oracle.Comparison;

/// <summary>Builds frames, one after the other, with one cache; and starts what came out.</summary>
sealed class FrameLoads(string workDirectory) : IDisposable
{
    const string Data = "var/lib/mysql/";

    readonly TemporaryDirectory directory = TemporaryDirectory.Create(workDirectory);
    readonly ConcurrentQueue<string> said = new();
    int written;

    /// <summary>What compiles tables.</summary>
    public CompilerKind Compiler { get; set; }

    /// <summary>What the last build had to say.</summary>
    public IReadOnlyCollection<string> Messages => said;

    /// <summary>Why the last frame was loaded as a whole; null where its tables were loaded one by one.</summary>
    public string? WhyAsAWhole => said.FirstOrDefault(SaysAsAWhole);

    string Layout => Path.Combine(directory.Path, "layout");

    static bool SaysAsAWhole(string line) => line.Contains("loaded as a whole", StringComparison.Ordinal);

    /// <summary>Builds a frame unless it would be loaded as a whole: that is known before the load.</summary>
    /// <returns>False where it would.</returns>
    /// <exception cref="StillframeException">As builds throw it.</exception>
    public async Task<bool> BuildTableByTableAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await BuildAsync(
                files,
                line =>
                {
                    if (SaysAsAWhole(line))
                        stop.Cancel();
                },
                stop.Token);
            return WhyAsAWhole is null;
        }
        catch (OperationCanceledException) when (WhyAsAWhole is not null && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <exception cref="StillframeException">As builds throw it.</exception>
    public Task BuildAsync(IReadOnlyList<string> files, CancellationToken cancellationToken) => BuildAsync(files, _ => { }, cancellationToken);

    async Task BuildAsync(IReadOnlyList<string> files, Action<string> hear, CancellationToken cancellationToken)
    {
        said.Clear();
        if (Directory.Exists(Layout))
            Directory.Delete(Layout, recursive: true); // nothing is taken over
        var request = new FrameRequest
        {
            Dumps = files,
            Engine = new(EngineKind.Local, null, null, Path.Combine(directory.Path, "cache"), Path.Combine(directory.Path, "work")),
            Reader = new("reader", "secret", AllowEmptyPassword: false),
            LayoutDirectory = Layout,
            Compression = LayerCompression.None,
            CacheLimit = 256 << 20,
            Compiler = Compiler,
            Workers = 1,
            StartCheck = false, // it is started here
        };
        await FrameBuilder.BuildAsync(request, new Listener(said, hear), cancellationToken);
        written += said.Count(line => line.EndsWith(" is written without a server", StringComparison.Ordinal));
    }

    /// <summary>Tables written without a server since it was asked last.</summary>
    public int TakeWritten()
    {
        var taken = written;
        written = 0;
        return taken;
    }

    /// <summary>The last frame's server, with its own options and no accounts: triggers and routines are shown to everybody.</summary>
    public async Task<FrameServerUnderTest> StartAsync(CancellationToken cancellationToken)
    {
        var data = TemporaryDirectory.Create(directory.Path);
        try
        {
            foreach (var layer in (await ImageLayout.ReadAsync(Layout, cancellationToken: cancellationToken)).Layers)
                await UnpackAsync(layer, data.Path, cancellationToken);
            var run = Path.Combine(data.Path, "run");
            Directory.CreateDirectory(run);
            var options = ReadOnlyServer.Options(new Dictionary<string, string>(), Path.Combine(data.Path, "data"), run, run).Skip(1);
            return new(data, await OracleServer.StartAsync([.. options, "--skip-grant-tables"], cancellationToken));
        }
        catch
        {
            await data.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => directory.Dispose();

    static async Task UnpackAsync(Blob layer, string root, CancellationToken cancellationToken)
    {
        await using var stored = await layer.Open(cancellationToken);
        await using var tar = new TarReader(LayerReading.Open(stored, layer.Descriptor.MediaType));
        while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
        {
            if (entry.Name.StartsWith("usr/", StringComparison.Ordinal))
                return; // the server's own
            if (!entry.Name.StartsWith(Data, StringComparison.Ordinal) || entry.EntryType is TarEntryType.Directory)
                continue;
            var path = Path.Combine(root, "data", entry.Name[Data.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await entry.ExtractToFileAsync(path, overwrite: true, cancellationToken);
        }
    }

    sealed class Listener(ConcurrentQueue<string> said, Action<string> hear) : IReporter
    {
        public void Message(Importance importance, string text)
        {
            said.Enqueue(text);
            hear(text);
        }

        public void Warning(string code, string text, SourceLocation? location = null) => said.Enqueue($"{code}: {text}");
    }
}

/// <summary>A running frame and the directory it lies in.</summary>
sealed class FrameServerUnderTest(TemporaryDirectory data, OracleServer server) : IAsyncDisposable
{
    public OracleServer Server => server;

    /// <summary>Ends it, and starts one on its data that takes writes.</summary>
    public async Task<OracleServer> AsOrdinaryServerAsync()
    {
        await server.ShutdownAsync();
        return await OracleServer.StartAsync([$"--datadir={data.Path}/data", "--skip-log-bin", "--skip-grant-tables", "--character-set-server=utf8mb4", .. OracleServer.Small], default);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await data.DisposeAsync();
    }
}
