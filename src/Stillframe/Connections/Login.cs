using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stillframe.Connections;

/// <summary>The server's greeting. MariaDB manual, "Initial Handshake Packet".</summary>
/// <param name="ServerVersion">Such as <c>10.11.19-MariaDB-0+deb12u1</c>.</param>
/// <param name="Challenge">Twenty bytes.</param>
sealed record Greeting(string ServerVersion, byte[] Challenge)
{
    public static Greeting Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PacketReader(payload);
        reader.Byte(); // protocol version, 10
        var version = Encoding.ASCII.GetString(reader.UntilZero());
        reader.Bytes(4); // thread id
        var challenge = new byte[20];
        reader.Bytes(8).CopyTo(challenge);
        reader.Bytes(1 + 2 + 1 + 2 + 2 + 1 + 10); // filler, capabilities, character set, status, capabilities, length, reserved
        reader.Bytes(12).CopyTo(challenge.AsSpan(8));
        // MariaDB 10 puts this before its version, for replicas that took 10 for 1
        return new(version.StartsWith("5.5.5-", StringComparison.Ordinal) ? version[6..] : version, challenge);
    }
}

/// <summary>The answer to a greeting. MariaDB manual, "Handshake Response Packet".</summary>
static class Login
{
    public const string NativePassword = "mysql_native_password";

    [Flags]
    enum Capabilities : uint
    {
        LongPassword = 1,
        LocalFiles = 1 << 7,
        Protocol41 = 1 << 9,
        Transactions = 1 << 13,
        SecureConnection = 1 << 15,
        MultiResults = 1 << 17,
        PluginAuthentication = 1 << 19,
    }

    const byte Utf8Mb4 = 45;

    public static byte[] Response(Greeting greeting, string user, string password, bool localFiles)
    {
        var body = new MemoryStream();
        var fixedPart = new byte[32];
        BinaryPrimitives.WriteUInt32LittleEndian(fixedPart, (uint)(
            Capabilities.LongPassword | (localFiles ? Capabilities.LocalFiles : 0) | Capabilities.Protocol41 | Capabilities.Transactions
            | Capabilities.SecureConnection | Capabilities.MultiResults | Capabilities.PluginAuthentication));
        BinaryPrimitives.WriteUInt32LittleEndian(fixedPart.AsSpan(4), 1 << 30); // max_allowed_packet of this side
        fixedPart[8] = Utf8Mb4;
        body.Write(fixedPart);
        body.Write(Encoding.UTF8.GetBytes(user));
        body.WriteByte(0);
        var scramble = Scramble(password, greeting.Challenge);
        body.WriteByte((byte)scramble.Length);
        body.Write(scramble);
        body.Write(Encoding.ASCII.GetBytes(NativePassword));
        body.WriteByte(0);
        return body.ToArray();
    }

    /// <summary>SHA1(password) XOR SHA1(challenge + SHA1(SHA1(password))): the protocol's own, not ours to choose.</summary>
    public static byte[] Scramble(string password, ReadOnlySpan<byte> challenge)
    {
        if (password.Length == 0)
            return [];
#pragma warning disable CA5350 // mysql_native_password is defined with SHA-1
        var once = SHA1.HashData(Encoding.UTF8.GetBytes(password));
        var result = SHA1.HashData([.. challenge, .. SHA1.HashData(once)]);
#pragma warning restore CA5350
        for (var i = 0; i < result.Length; i++)
            result[i] ^= once[i];
        return result;
    }
}
