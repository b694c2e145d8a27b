using System.Net.Sockets;
using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>A session of a master, whose failures are told as a user can use them.</summary>
sealed class MasterSession : IAsyncDisposable
{
    /// <summary>What a dump's file sets, too, and what keeps a server from waiting for a slow reader's disk.</summary>
    static readonly string[] Start =
    [
        "SET NAMES utf8mb4", "SET time_zone = '+00:00'", "SET sql_mode = ''", "SET SESSION net_write_timeout = 3600", "SET SESSION wait_timeout = 86400",
        "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    ];

    /// <summary>A limit for everybody's statements is not meant for dumps.</summary>
    static readonly string[] OfMariaDb = ["SET SESSION max_statement_time = 0"];

    /// <summary>Also, what <c>information_schema</c> says of tables is to be what is, and not what was a day ago.</summary>
    static readonly string[] OfMySql = ["SET SESSION max_execution_time = 0", "SET SESSION information_schema_stats_expiry = 0"];

    readonly MasterAddress address;
    readonly ServerConnection connection;

    MasterSession(MasterAddress address, ServerConnection connection) => (this.address, this.connection) = (address, connection);

    /// <summary>Such as <c>10.11.19-MariaDB-log</c>.</summary>
    public string ServerVersion => connection.ServerVersion;

    public bool IsMariaDb => ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);

    /// <summary>Its numbers.</summary>
    public Version Release => Version.TryParse(string.Concat(ServerVersion.TakeWhile(c => char.IsAsciiDigit(c) || c == '.')).TrimEnd('.'), out var release) ? release : new(0, 0);

    /// <summary>What MySQL had committed before the session's snapshot was taken, as GTIDs; null where it has none, and of MariaDB.</summary>
    public string? GtidBefore { get; private set; }

    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public static async Task<MasterSession> OpenAsync(MasterAddress address, CancellationToken cancellationToken)
    {
        var connection = await MasterLogin.ConnectAsync(address, cancellationToken);
        var session = new MasterSession(address, connection);
        try
        {
            if (!session.IsMariaDb)
                session.GtidBefore = await MySqlPosition.ReadAsync(session, cancellationToken);
            foreach (var statement in (string[])[.. session.IsMariaDb ? OfMariaDb : OfMySql, .. Start])
                await session.ExecuteAsync(statement, cancellationToken);
            if (session.IsMariaDb)
                await session.ReleaseTablesAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public Task ExecuteAsync(string statement, CancellationToken cancellationToken) => QueryAsync(statement, cancellationToken);

    /// <inheritdoc cref="ExecuteAsync"/>
    public Task<IReadOnlyList<string?[]>> QueryAsync(string statement, CancellationToken cancellationToken) =>
        GuardAsync(statement, () => connection.QueryAsync(statement, cancellationToken));

    /// <summary>What CHECKSUM TABLE gives: it honours the snapshot, and costs a third of reading the rows. Null where the table's engine has none.</summary>
    /// <inheritdoc cref="ExecuteAsync" path="/exception"/>
    public async Task<string?> ChecksumAsync(TableName table, CancellationToken cancellationToken) => (await QueryAsync($"CHECKSUM TABLE {Sql.Table(table)}", cancellationToken))[0][1];

    /// <inheritdoc cref="ServerConnection.StreamAsync"/>
    public Task StreamAsync(string statement, Action<IReadOnlyList<ResultColumn>> described, Func<ReadOnlyMemory<byte>, ValueTask> row, CancellationToken cancellationToken) =>
        GuardAsync(statement, async () =>
        {
            await connection.StreamAsync(statement, described, row, cancellationToken);
            return true;
        });

    /// <summary>Does with the connection what only few need.</summary>
    /// <param name="what">For an error.</param>
    public Task<T> UseAsync<T>(string what, Func<ServerConnection, Task<T>> work) => GuardAsync(what, () => work(connection));

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>MariaDB lets go of a table at the rollback to a savepoint only in a session that logs nothing; a dump does not, and whoever may not say so keeps its tables to its end.</summary>
    async Task ReleaseTablesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await connection.ExecuteAsync("SET SESSION sql_log_bin = 0", cancellationToken);
        }
        catch (ServerException)
        {
            // needs BINLOG ADMIN
        }
    }

    async Task<T> GuardAsync<T>(string statement, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ServerException e) when (TableAlteredException.IsToldBy(e))
        {
            throw new TableAlteredException($"{e}, for {statement}", e);
        }
        catch (ServerException e)
        {
            throw new StillframeException(
                ErrorCodes.MasterRefused,
                $"The master {address} refuses a statement of the dump: {e}. {Advice(e)}The statement: {statement}",
                innerException: e);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new StillframeException(ErrorCodes.MasterUnreachable, $"The master {address} closed the connection: {e.Message.TrimEnd('.')}. The previous dump is as it was; dump again.", innerException: e);
        }
    }

    /// <summary>By numbers of the server's errors.</summary>
    string Advice(ServerException e) => e.Number switch
    {
        1044 or 1142 or 1143 or 1227 or 1370 => $"What a dump needs: GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON … TO '{address.User}'. ",
        1577 => "Nobody can read the events of a server that was started with event_scheduler=DISABLED: start it with event_scheduler=OFF, which runs none either. ",
        _ => "",
    };
}
