using System.Buffers.Binary;
using System.Text;

namespace Stillframe.Connections;

/// <summary>The answers to a greeting. MariaDB manual, "Handshake Response Packet" and "SSLRequest Packet".</summary>
static class Login
{
    const byte Utf8Mb4 = 45;

    /// <summary>Asks for TLS; the response follows encrypted.</summary>
    public static byte[] TlsRequest(ServerLogin login) => Head(login, Capabilities.Tls);

    /// <param name="isEncrypted">Whether <see cref="TlsRequest"/> went before.</param>
    /// <param name="proof">Of the password, at most 250 bytes.</param>
    public static byte[] Response(ServerLogin login, bool isEncrypted, string plugin, ReadOnlySpan<byte> proof) =>
    [
        .. Head(login, isEncrypted ? Capabilities.Tls : 0),
        .. Encoding.UTF8.GetBytes(login.Account.User), 0,
        (byte)proof.Length, .. proof,
        .. Encoding.ASCII.GetBytes(plugin), 0,
    ];

    static byte[] Head(ServerLogin login, Capabilities added)
    {
        var head = new byte[32];
        BinaryPrimitives.WriteUInt32LittleEndian(head, (uint)(
            Capabilities.LongPassword | (login.LocalFiles ? Capabilities.LocalFiles : 0) | Capabilities.Protocol41 | Capabilities.Transactions
            | Capabilities.SecureConnection | Capabilities.MultiResults | Capabilities.PluginAuthentication | added));
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), 1 << 30); // max_allowed_packet of this side
        head[8] = Utf8Mb4;
        return head;
    }
}
