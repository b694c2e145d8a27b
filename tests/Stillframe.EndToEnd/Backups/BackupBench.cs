using Stillframe.Backups;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Loading;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.Masters;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Backups;

/// <summary>A master with a small shop, a second server to restore into, and a registry. Only where the tests' needs are met.</summary>
public sealed class BackupBench : IAsyncLifetime, IDisposable
{
    static readonly string[] shop =
    [
        "CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "USE shop",
        "CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(80) NOT NULL, since DATETIME) ENGINE=InnoDB",
        "CREATE TABLE orders (id INT AUTO_INCREMENT PRIMARY KEY, customer INT NOT NULL, total DECIMAL(10,2), note BLOB, FOREIGN KEY (customer) REFERENCES customer (id)) ENGINE=InnoDB",
        "CREATE TABLE place (id INT PRIMARY KEY, height FLOAT, twice INT AS (id * 2) VIRTUAL) ENGINE=InnoDB",
        "CREATE TABLE empty_one (id INT PRIMARY KEY) ENGINE=InnoDB",
        "INSERT INTO customer SELECT seq, CONCAT('Zoë ''', seq), '2026-11-29' FROM seq_1_to_500",
        "INSERT INTO orders SELECT seq, 1 + seq MOD 500, seq / 7, UNHEX(MD5(seq)) FROM seq_1_to_5000",
        "INSERT INTO place (id, height) SELECT seq, seq / 3 FROM seq_1_to_50",
        "CREATE VIEW big AS SELECT * FROM orders WHERE total > 100",
        "CREATE TRIGGER counted AFTER INSERT ON orders FOR EACH ROW SET @counted = @counted + 1",
        "CREATE PROCEDURE nothing() SELECT 1",
    ];

    readonly TemporaryDirectory work = TemporaryDirectory.Create();
    readonly RegistryFixture registry = new();
    ClientLoads? master, other;

    internal OracleServer Master => master!.Server;

    internal ClientLoads Other => other!;

    public LocalRegistry Registry => registry.Registry;

    public string Cache => PathOf("cache");

    public string RestoreTo => $"Server={Other.Server.Socket};User ID=root";

    public string PathOf(string name) => Path.Combine(work.Path, name);

    public Reference Repository(string name) => Reference.Of(Registry.Host, name);

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.Registry, Need.LocalServer]) is not null)
            return;
        await registry.InitializeAsync();
        var servers = await Task.WhenAll(ClientLoads.StartAsync(work.Path, withBinaryLog: true), ClientLoads.StartAsync(work.Path));
        (master, other) = (servers[0], servers[1]);
        await ExecuteAsync(shop);
    }

    /// <summary>On the master.</summary>
    public async Task ExecuteAsync(params string[] statements)
    {
        await using var connection = await Master.ConnectAsync();
        foreach (var statement in statements)
            await connection.ExecuteAsync(statement, default);
    }

    public Task<DumpManifest> DumpAsync(string name) => DumpAsync(name, Master);

    internal async Task<DumpManifest> DumpAsync(string name, OracleServer server) =>
        await MasterDump.WriteAsync($"Server={server.Socket};User ID=root;Database=shop", PathOf(name), SilentReporter.Instance, default);

    /// <param name="cache">Of this bench by default.</param>
    public Task<Stillframe.Destinations.Delivery> PushAsync(string dump, string repository, string recipients = "", string? cache = null) =>
        DumpBackup.PushAsync(PathOf(dump), Repository(repository), new() { Recipients = recipients, CacheDirectory = cache ?? Cache }, SilentReporter.Instance, default);

    public Task<RestoreReport> RestoreAsync(string source, IReporter? reporter = null, CancellationToken cancellationToken = default) =>
        DumpRestore.RunAsync(RestoreTo, source, new(Cache), reporter ?? SilentReporter.Instance, cancellationToken);

    public async Task<IReadOnlyList<ListedBackup>> ListAsync(string repository) => (await BackupList.ReadAsync(Repository(repository), new(), SilentReporter.Instance, default)).Backups;

    /// <summary>Everything of the shop but what a dump can't give back to the last bit.</summary>
    internal static async Task<string> DescribeAsync(OracleServer server)
    {
        await using var connection = await server.ConnectAsync();
        return string.Join('\n', (await BulkBench.DescribeAsync(connection, "shop")).Where(table => table.Key != "place").Select(table => $"{table.Key}: {table.Value}"));
    }

    internal RegistryClient Client(string repository) => new(Registry.Host, repository, RegistryAccess.Push, new(), SilentReporter.Instance);

    public async Task DisposeAsync()
    {
        foreach (var server in new[] { master, other })
            if (server is not null)
                await server.DisposeAsync();
        await registry.DisposeAsync();
    }

    public void Dispose() => work.Dispose();
}
