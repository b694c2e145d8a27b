using System.Collections.Concurrent;
using System.Globalization;
using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;
using Stillframe.Masking;

namespace Stillframe.EndToEnd.Loading;

/// <summary>A throw-away server into which the same dump goes twice: statement by statement, and by the bulk loader.</summary>
sealed class BulkBench : IAsyncDisposable
{
    const long RowBytes = 16 << 20; // about what tests load

    readonly ISandbox bench;
    readonly IServer server;
    readonly ServerAccounts accounts;
    readonly TemporaryDirectory files = TemporaryDirectory.Create();

    BulkBench(ISandbox bench, IServer server, ServerAccounts accounts) => (this.bench, this.server, this.accounts) = (bench, server, accounts);

    /// <summary>What the bulk loader had to say of tables that keep to INSERT.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    public string Directory => files.Path;

    public static async Task<BulkBench> StartAsync()
    {
        var engine = await EngineSelector.SelectAsync(new EngineOptions(EngineKind.Local, null, null, "unused"), SilentReporter.Instance, default);
        var bench = await engine.OpenAsync(SilentReporter.Instance, default);
        var accounts = ServerAccounts.Random(["%"]); // of whatever names tests take
        await SystemTables.CreateAsync(bench, [], default);
        return new(bench, await bench.StartServerAsync(LoadServer.Options(RowBytes), default, accounts.Sql().Replace("\\%", "%", StringComparison.Ordinal)), accounts);
    }

    public Task<ServerConnection> ConnectAsync() => ServerConnection.ConnectAsync(server.Endpoint, accounts.Builder.User, accounts.Builder.Password, default);

    public LoadSession Session() => new(server, bench.Release, accounts, DateTimeOffset.UtcNow);

    public async Task RunAsync(string schema, params IEnumerable<string> statements)
    {
        await using var connection = await ConnectAsync();
        await connection.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {schema}", default);
        await connection.ExecuteAsync($"USE {schema}", default);
        foreach (var statement in statements)
            await connection.ExecuteAsync(statement, default);
    }

    public async Task<string> DumpAsync(string schema, params IEnumerable<string> options)
    {
        var file = Path.Combine(Directory, Path.GetRandomFileName() + ".sql");
        await Command.SucceedAsync(
            "mariadb-dump",
            [
                "--no-defaults", $"--socket={((ServerEndpoint.UnixSocket)server.Endpoint).Path}", $"--user={accounts.Builder.User}", $"--password={accounts.Builder.Password}",
                "--triggers", "--routines", "--events", $"--result-file={file}", .. options, schema,
            ]);
        return file;
    }

    public Task LoadPlainAsync(string schema, params IReadOnlyList<string> files) => LoadPlainAsync(schema, files, DumpMasks.None);

    public Task LoadPlainAsync(string schema, string file, DumpMasks masks) => LoadPlainAsync(schema, [file], masks);

    public Task LoadBulkAsync(string file, string schema, int workers = 2, CancellationToken cancellationToken = default) => LoadBulkAsync(file, schema, DumpMasks.None, workers, cancellationToken);

    public async Task LoadBulkAsync(string file, string schema, DumpMasks masks, int workers = 2, CancellationToken cancellationToken = default)
    {
        await DropAsync(schema);
        Messages.Clear();
        await new BulkLoader(Session, null, new Listener(Messages), masks).LoadAsync([file], new() { DefaultSchema = schema }, new(workers), cancellationToken);
    }

    public async Task AssertSameAsync(string schema, string other, string about)
    {
        var expected = await DescribeAsync(schema);
        var actual = await DescribeAsync(other);
        var differences = expected.Where(table => actual.GetValueOrDefault(table.Key) != table.Value)
            .Select(table => $"{table.Key}: {table.Value}\n--- but:\n{actual.GetValueOrDefault(table.Key)}");
        Assert.True(!differences.Any(), $"{about}: {string.Join("\n", differences)}\n{string.Join("\n", Messages)}");
        Assert.Equal(expected.Keys, actual.Keys);
    }

    async Task LoadPlainAsync(string schema, IReadOnlyList<string> files, DumpMasks masks)
    {
        await DropAsync(schema);
        await using var session = Session();
        await DumpLoader.LoadAsync(session, files, new() { DefaultSchema = schema }, null, default, masks);
    }

    /// <summary>Every table with its definition and the bytes of its rows; every view, routine and trigger by name.</summary>
    public async Task<SortedDictionary<string, string>> DescribeAsync(string schema)
    {
        await using var connection = await ConnectAsync();
        return await DescribeAsync(connection, schema);
    }

    /// <summary>The same of any server.</summary>
    public static async Task<SortedDictionary<string, string>> DescribeAsync(ServerConnection connection, string schema)
    {
        await connection.ExecuteAsync("SET SESSION group_concat_max_len = 1 << 30, time_zone = '+00:00'", default);
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in await connection.QueryAsync($"SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = '{schema}'", default))
            found[row[0]!] = row[1] == "BASE TABLE" ? await DescribeAsync(connection, schema, row[0]!) : row[1]!;
        foreach (var row in await connection.QueryAsync(
            $"SELECT CONCAT('trigger ', trigger_name), action_statement FROM information_schema.triggers WHERE trigger_schema = '{schema}' UNION ALL SELECT CONCAT('routine ', routine_name), routine_definition FROM information_schema.routines WHERE routine_schema = '{schema}'",
            default))
            found[row[0]!] = row[1]!;
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await bench.DisposeAsync();
        await files.DisposeAsync();
    }

    static async Task<string> DescribeAsync(ServerConnection connection, string schema, string table)
    {
        var name = Sql.Table(schema, table);
        var columns = await connection.QueryAsync(
            $"SELECT column_name, extra FROM information_schema.columns WHERE table_schema = '{schema}' AND table_name = {Sql.Literal(table)} ORDER BY ordinal_position", default);
        // +0 would not tell -0 from 0, its text does
        var bytes = string.Join(", ", columns.Select(column => $"IFNULL(HEX(CONCAT({Sql.Identifier(column[0]!)}, '')), 'NULL')"));
        var hash = await connection.ScalarAsync($"SELECT SHA2(GROUP_CONCAT(hash ORDER BY hash), 256) FROM (SELECT SHA2(CONCAT_WS(',', {bytes}), 256) hash FROM {name}) t", default);
        // for virtual columns the server sums up whatever its memory holds: it differs from one load to the next
        var sum = columns.Any(column => column[1]!.Contains("VIRTUAL", StringComparison.Ordinal)) ? "-" : (await connection.QueryAsync($"CHECKSUM TABLE {name} EXTENDED", default))[0][1];
        var rows = await connection.ScalarAsync($"SELECT COUNT(*) FROM {name}", default);
        var definition = (await connection.QueryAsync($"SHOW CREATE TABLE {name}", default))[0][1];
        var check = string.Join(' ', (await connection.QueryAsync($"CHECK TABLE {name} EXTENDED", default)).Select(row => row[3]));
        return string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {sum}, {hash}, {check}\n{definition}");
    }

    async Task DropAsync(string schema)
    {
        await using var connection = await ConnectAsync();
        await connection.ExecuteAsync("SET foreign_key_checks = 0", default);
        await connection.ExecuteAsync($"DROP DATABASE IF EXISTS {schema}", default);
    }

    sealed class Listener(ConcurrentQueue<string> said) : IReporter
    {
        public void Message(Importance importance, string text) => said.Enqueue(text);

        public void Warning(string code, string text, SourceLocation? location = null) => said.Enqueue(text);
    }
}
