using System.Net.Sockets;
using System.Text;

namespace Stillframe.Connections;

/// <summary>
/// One session of a MariaDB or MySQL server, in bytes. ADO.NET providers take statements as text in one character set and
/// parse them for parameters; a dump is bytes in whatever character sets it says itself, so it goes to the server untouched.
/// Not for use by several threads at once.
/// </summary>
public sealed class ServerConnection : IAsyncDisposable
{
    const byte ComQuit = 1;
    const byte ComQuery = 3;
    const byte AsksForLocalFile = 0xFB;

    readonly PacketStream packets;
    bool inLocalFile;

    ServerConnection(PacketStream packets, string serverVersion) => (this.packets, ServerVersion) = (packets, serverVersion);

    /// <summary>As the server greets: <c>10.11.19-MariaDB-0+deb12u1</c>.</summary>
    public string ServerVersion { get; }

    /// <param name="localFiles">Whether statements may ask for files of this side (<see cref="LoadLocalAsync"/>); otherwise the server refuses them.</param>
    /// <exception cref="ServerException">The server refuses the login.</exception>
    /// <exception cref="SocketException">Nobody listens.</exception>
    /// <exception cref="IOException">The connection was closed.</exception>
    public static async Task<ServerConnection> ConnectAsync(
        ServerEndpoint endpoint, string user, string password, CancellationToken cancellationToken, bool localFiles = false)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var packets = new PacketStream(await OpenAsync(endpoint, cancellationToken));
        try
        {
            var first = await packets.ReadAsync(cancellationToken);
            ThrowIfError(first.Span);
            var greeting = Greeting.Read(first.Span);
            await packets.WriteAsync(null, Login.Response(greeting, user, password, localFiles), cancellationToken);
            await FinishLoginAsync(packets, password, cancellationToken);
            return new(packets, greeting.ServerVersion);
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
        await ReadResultsAsync(null, cancellationToken);
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
        await ReadResultsAsync(rows, cancellationToken);
        return rows;
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
        ThrowIfError(answer.Span);
        if (answer.Span[0] != AsksForLocalFile)
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

        ThrowIfError(answer.Span);
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

    static async Task<NetworkStream> OpenAsync(ServerEndpoint endpoint, CancellationToken cancellationToken)
    {
        var unix = endpoint as ServerEndpoint.UnixSocket;
        var socket = unix is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (unix is not null)
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(unix.Path), cancellationToken);
            else if (endpoint is ServerEndpoint.Tcp tcp)
                await socket.ConnectAsync(tcp.Host, tcp.Port, cancellationToken);
            return new(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static async Task FinishLoginAsync(PacketStream packets, string password, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await packets.ReadAsync(cancellationToken);
            ThrowIfError(answer.Span);
            if (answer.Span[0] == 0)
                return;
            if (answer.Span[0] == 0xFE)
                await packets.WriteAsync(null, SwitchPlugin(answer.Span, password), cancellationToken);
        }
    }

    /// <summary>MariaDB manual, "Authentication Switch Request".</summary>
    static byte[] SwitchPlugin(ReadOnlySpan<byte> request, string password)
    {
        var reader = new PacketReader(request[1..]);
        var plugin = Encoding.ASCII.GetString(reader.UntilZero());
        var challenge = reader.UntilZero();
        return plugin switch
        {
            Login.NativePassword => Login.Scramble(password, challenge),
            "unix_socket" or "auth_socket" => [],
            _ => throw new ServerException(2059, "HY000", $"The server asks for the authentication plugin '{plugin}', which is not supported here."),
        };
    }

    async Task SendAsync(ReadOnlyMemory<byte> statement, CancellationToken cancellationToken)
    {
        packets.StartCommand();
        await packets.WriteAsync(ComQuery, statement, cancellationToken);
    }

    /// <summary>Reads every result set and OK of one statement. MariaDB manual, "Result Set Packets".</summary>
    async Task ReadResultsAsync(List<string?[]>? rows, CancellationToken cancellationToken)
    {
        bool more;
        do
        {
            var answer = await packets.ReadAsync(cancellationToken);
            ThrowIfError(answer.Span);
            more = answer.Span[0] switch
            {
                0x00 => HasMoreResults(OkStatus(answer.Span)),
                AsksForLocalFile => await RefuseLocalFileAsync(cancellationToken),
                _ => await ReadRowsAsync((int)ColumnCount(answer.Span), rows, cancellationToken),
            };
        }
        while (more);
    }

    async Task<bool> ReadRowsAsync(int columns, List<string?[]>? rows, CancellationToken cancellationToken)
    {
        for (var i = 0; i <= columns; i++) // the definitions and their EOF
            await packets.ReadAsync(cancellationToken);
        while (true)
        {
            var packet = await packets.ReadAsync(cancellationToken);
            ThrowIfError(packet.Span);
            if (packet.Span[0] == 0xFE && packet.Length < 9)
                return HasMoreResults(EofStatus(packet.Span));
            rows?.Add(Row(packet.Span, columns));
        }
    }

    /// <summary>The server wants a file that nobody offered: an empty answer makes it load nothing.</summary>
    async Task<bool> RefuseLocalFileAsync(CancellationToken cancellationToken)
    {
        await packets.WriteAsync(null, default, cancellationToken);
        return true; // its OK or ERR follows
    }

    static string?[] Row(ReadOnlySpan<byte> packet, int columns)
    {
        var reader = new PacketReader(packet);
        var row = new string?[columns];
        for (var i = 0; i < columns; i++)
            row[i] = reader.Text();
        return row;
    }

    static ulong ColumnCount(ReadOnlySpan<byte> packet) => new PacketReader(packet).LengthEncodedInteger();

    static ushort OkStatus(ReadOnlySpan<byte> packet)
    {
        var reader = new PacketReader(packet[1..]);
        reader.LengthEncodedInteger(); // affected rows
        reader.LengthEncodedInteger(); // last insert id
        return reader.UInt16();
    }

    static ushort EofStatus(ReadOnlySpan<byte> packet) => (ushort)(packet[3] | packet[4] << 8);

    static bool HasMoreResults(ushort status) => (status & 8) != 0;

    static void ThrowIfError(ReadOnlySpan<byte> packet)
    {
        if (packet[0] != 0xFF)
            return;
        var reader = new PacketReader(packet[1..]);
        var number = reader.UInt16();
        var text = Encoding.UTF8.GetString(reader.Bytes(packet.Length - 3));
        throw text is ['#', ..] ? new ServerException(number, text[1..6], text[6..]) : new ServerException(number, "HY000", text);
    }
}
