using System.Net.Sockets;
using System.Text;

namespace Stillframe.Connections;

/// <summary>
/// One session of a MariaDB or MySQL server, in bytes. ADO.NET providers take statements as text in one character set and
/// parse them for parameters; a dump is bytes in whatever character sets it says itself, so it goes to the server untouched.
/// Not for use by several threads at once.
/// </summary>
sealed class ServerConnection : IAsyncDisposable
{
    const byte ComQuit = 1;
    const byte ComQuery = 3;

    readonly PacketStream packets;
    readonly ResultReader results;
    bool inLocalFile;

    ServerConnection(PacketStream packets, string serverVersion) => (this.packets, results, ServerVersion) = (packets, new(packets), serverVersion);

    /// <summary>As the server greets: <c>10.11.19-MariaDB-0+deb12u1</c>.</summary>
    public string ServerVersion { get; }

    /// <summary>To a server of this side's own, that was just started: whoever sits in between would see its data, too, so any certificate and any public key will do.</summary>
    /// <param name="localFiles">Whether statements may ask for files of this side (<see cref="LoadLocalAsync"/>); otherwise the server refuses them.</param>
    /// <exception cref="ServerException">The server refuses the login.</exception>
    /// <exception cref="SocketException">Nobody listens.</exception>
    /// <exception cref="IOException">The connection was closed.</exception>
    /// <exception cref="LoginException">This side does not log in.</exception>
    public static Task<ServerConnection> ConnectAsync(
        ServerEndpoint endpoint, string user, string password, CancellationToken cancellationToken, bool localFiles = false) =>
        ConnectAsync(endpoint, new(new(user, password)) { LocalFiles = localFiles, Tls = new(TlsMode.ForPasswords), TakesPublicKey = true }, cancellationToken);

    /// <inheritdoc cref="ConnectAsync(ServerEndpoint, string, string, CancellationToken, bool)" path="/exception"/>
    /// <exception cref="StillframeException">SF1101: a file of the login's settings can't be read.</exception>
    public static async Task<ServerConnection> ConnectAsync(ServerEndpoint endpoint, ServerLogin login, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var packets = new PacketStream(await endpoint.OpenAsync(cancellationToken));
        try
        {
            return new(packets, await Handshake.DoAsync(packets, endpoint, login, cancellationToken));
        }
        catch
        {
            await packets.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one statement and leaves out whatever rows it gives.</summary>
    /// <exception cref="ServerException">The server refuses it; the connection stays usable.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task ExecuteAsync(ReadOnlyMemory<byte> statement, CancellationToken cancellationToken)
    {
        await SendAsync(statement, cancellationToken);
        await results.ReadAsync(null, cancellationToken);
    }

    /// <inheritdoc cref="ExecuteAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task ExecuteAsync(string statement, CancellationToken cancellationToken) =>
        ExecuteAsync(Encoding.UTF8.GetBytes(statement), cancellationToken);

    /// <summary>Runs one statement and gives the rows of its results as text, all in memory.</summary>
    /// <inheritdoc cref="ExecuteAsync(ReadOnlyMemory{byte}, CancellationToken)" path="/exception"/>
    public async Task<IReadOnlyList<string?[]>> QueryAsync(string statement, CancellationToken cancellationToken)
    {
        var rows = new List<string?[]>();
        await SendAsync(Encoding.UTF8.GetBytes(statement), cancellationToken);
        await results.ReadAsync(rows, cancellationToken);
        return rows;
    }

    /// <summary>Runs a SELECT and hands over its rows as they come, in constant memory.</summary>
    /// <param name="described">Gets the columns, before all rows.</param>
    /// <param name="row">Gets each row's packet, which is valid until it returns.</param>
    /// <inheritdoc cref="ExecuteAsync(ReadOnlyMemory{byte}, CancellationToken)" path="/exception"/>
    public async Task StreamAsync(
        string statement, Action<IReadOnlyList<ResultColumn>> described, Func<ReadOnlyMemory<byte>, ValueTask> row, CancellationToken cancellationToken)
    {
        await SendAsync(Encoding.UTF8.GetBytes(statement), cancellationToken);
        await results.StreamAsync(described, row, cancellationToken);
    }

    /// <summary>Runs a command other than a statement, whose answer is packets that each begin with an OK byte, up to an EOF.</summary>
    /// <param name="packet">Gets each without that byte, valid until it returns; false ends it, and the connection with it.</param>
    /// <inheritdoc cref="ExecuteAsync(ReadOnlyMemory{byte}, CancellationToken)" path="/exception"/>
    public async Task CommandAsync(byte command, ReadOnlyMemory<byte> payload, Func<ReadOnlyMemory<byte>, ValueTask<bool>> packet, CancellationToken cancellationToken)
    {
        packets.StartCommand();
        await packets.WriteAsync(command, payload, cancellationToken);
        await results.ReadPacketsAsync(packet, cancellationToken);
    }

    /// <summary>The first column of the first row; null for NULL or no row.</summary>
    public async Task<string?> ScalarAsync(string statement, CancellationToken cancellationToken) =>
        await QueryAsync(statement, cancellationToken) is [var row, ..] ? row[0] : null;

    /// <summary>Runs a <c>LOAD DATA LOCAL INFILE</c>, whatever file it names, and gives these blocks for the file.</summary>
    /// <param name="blocks">
    /// Of less than 16 MiB each, anywhere cut apart; each is sent before the next is asked for. What they throw comes through after the
    /// server has taken the blocks before as the whole file: be in a transaction to roll back.
    /// </param>
    /// <inheritdoc cref="ExecuteAsync(ReadOnlyMemory{byte}, CancellationToken)" path="/exception"/>
    public async Task<LoadOutcome> LoadLocalAsync(
        string statement, IAsyncEnumerable<ReadOnlyMemory<byte>> blocks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        await SendAsync(Encoding.UTF8.GetBytes(statement), cancellationToken);
        var answer = await packets.ReadAsync(cancellationToken);
        ErrorPacket.ThrowIfOne(answer.Span);
        if (answer.Span[0] != ResultReader.AsksForLocalFile)
            throw new ArgumentException("The server did not ask for a local file.", nameof(statement));
        inLocalFile = true;
        try
        {
            await foreach (var block in blocks.WithCancellation(cancellationToken))
                if (!block.IsEmpty)
                    await packets.WriteAsync(null, block, cancellationToken);
        }
        finally
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                // an empty packet is the end of the file; without it the connection could not be used again
                await packets.WriteAsync(null, default, cancellationToken);
                inLocalFile = false;
                answer = await packets.ReadAsync(cancellationToken);
            }
        }

        ErrorPacket.ThrowIfOne(answer.Span);
        return LoadOutcome.Read(answer.Span);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            packets.StartCommand();
            if (!inLocalFile) // it would be taken for a part of the file, and wait for room
                await packets.WriteAsync(ComQuit, default, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // the server is gone already
        }

        await packets.DisposeAsync();
    }

    async Task SendAsync(ReadOnlyMemory<byte> statement, CancellationToken cancellationToken)
    {
        packets.StartCommand();
        await packets.WriteAsync(ComQuery, statement, cancellationToken);
    }
}
