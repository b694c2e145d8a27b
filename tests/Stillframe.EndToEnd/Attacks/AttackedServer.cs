using System.Text;
using Stillframe.Connections;
using Stillframe.EndToEnd.Engines;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Loading;

namespace Stillframe.EndToEnd.Attacks;

/// <summary>A throw-away server as builds start it, whose dump nobody has read before.</summary>
sealed class AttackedServer : IAsyncDisposable
{
    static readonly string[] Schema =
    [
        "DROP DATABASE IF EXISTS shop", "CREATE DATABASE shop", "USE shop", "CREATE TABLE t (id INT PRIMARY KEY, v TEXT)",
        "CREATE TABLE s (v TEXT)", "INSERT INTO t VALUES (1,'a'),(2,'b')",
    ];

    readonly ISandbox bench;
    readonly IServer server;
    readonly ServerAccounts accounts;

    AttackedServer(ISandbox bench, IServer server, ServerAccounts accounts) => (this.bench, this.server, this.accounts) = (bench, server, accounts);

    public string DataDirectory => bench.DataDirectory;

    public static async Task<AttackedServer> StartAsync(EngineKind kind) => await StartAsync(await Bench.OpenAsync(kind));

    /// <param name="bench">Its data directory is empty.</param>
    public static async Task<AttackedServer> StartAsync(ISandbox bench)
    {
        var family = ServerFamily.Of(bench.Release);
        var accounts = ServerAccounts.Random(["shop"]);
        await family.MakeDataDirectoryAsync(bench, [], default);
        return new(bench, await bench.StartServerAsync(family.LoadOptions(1 << 20), default, family.AccountsSql(accounts)), accounts);
    }

    public Task<ServerConnection> ConnectAsync(SessionOf whom)
    {
        var account = whom == SessionOf.Builder ? accounts.Builder : accounts.Author;
        return ServerConnection.ConnectAsync(server.Endpoint, account.User, account.Password, default);
    }

    /// <summary>Runs statements as the author in a schema made anew, each list in a session of its own and whatever the server says.</summary>
    public async Task RunAsync(SessionOf whom, IEnumerable<IReadOnlyList<string>> attacks, Action<IReadOnlyList<string>> after)
    {
        foreach (var statements in attacks.Prepend(Schema))
        {
            await using var connection = await ConnectAsync(whom);
            foreach (var statement in ReferenceEquals(statements, Schema) ? Schema : statements.Prepend("USE shop"))
                await TryAsync(connection, statement);
            after(statements);
        }
    }

    /// <summary>SF2011 where accounts or code differ from a frame's.</summary>
    public async Task RequireUntouchedAsync()
    {
        await using var connection = await ConnectAsync(SessionOf.Builder);
        await ServerFamily.Of(bench.Release).RequireUntouchedAsync(connection, default);
    }

    /// <summary>Stops the server, and says which files of its data hold a word.</summary>
    public async Task<IReadOnlyList<string>> FilesWithAsync(string word)
    {
        await server.ShutdownAsync(default);
        var directory = await bench.TakeDataDirectoryAsync(default);
        var bytes = Encoding.ASCII.GetBytes(word);
        return [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(path => File.ReadAllBytes(path).AsSpan().IndexOf(bytes) >= 0)];
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await bench.DisposeAsync();
    }

    static async Task TryAsync(ServerConnection connection, string statement)
    {
        try
        {
            await connection.ExecuteAsync(statement, default);
        }
        catch (ServerException)
        {
            // as it should be; what counts is what is left
        }
    }
}
