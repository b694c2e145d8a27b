using System.Text;

namespace Stillframe.Connections;

/// <summary>The first packets of a session. MariaDB manual, "Connecting".</summary>
static class Handshake
{
    /// <returns>The server's version.</returns>
    /// <exception cref="ServerException">The server refuses the login.</exception>
    public static async Task<string> DoAsync(PacketStream packets, string user, string password, bool localFiles, CancellationToken cancellationToken)
    {
        var first = await packets.ReadAsync(cancellationToken);
        ErrorPacket.ThrowIfOne(first.Span);
        var greeting = Greeting.Read(first.Span);
        await packets.WriteAsync(null, Login.Response(greeting, user, password, localFiles), cancellationToken);
        await FinishAsync(packets, password, cancellationToken);
        return greeting.ServerVersion;
    }

    static async Task FinishAsync(PacketStream packets, string password, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await packets.ReadAsync(cancellationToken);
            ErrorPacket.ThrowIfOne(answer.Span);
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
}
