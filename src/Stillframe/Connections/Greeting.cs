using System.Text;

namespace Stillframe.Connections;

/// <summary>The server's greeting. MariaDB manual, "Initial Handshake Packet".</summary>
/// <param name="ServerVersion">Such as <c>10.11.19-MariaDB-0+deb12u1</c>.</param>
/// <param name="Challenge">Twenty bytes.</param>
/// <param name="HasTls">Whether it offers TLS.</param>
/// <param name="Plugin">How it would have most accounts log in; empty where it does not say.</param>
sealed record Greeting(string ServerVersion, byte[] Challenge, bool HasTls, string Plugin)
{
    const byte ProtocolVersion = 10;

    /// <exception cref="IOException">It is none.</exception>
    public static Greeting Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new PacketReader(payload);
            if (reader.Byte() != ProtocolVersion)
                throw NoServer();
            var version = Encoding.ASCII.GetString(reader.UntilZero());
            reader.Bytes(4); // thread id
            var challenge = new byte[20];
            reader.Bytes(8).CopyTo(challenge);
            reader.Byte(); // filler
            var capabilities = (Capabilities)reader.UInt16();
            reader.Bytes(1 + 2 + 2 + 1 + 10); // character set, status, capabilities, length, reserved
            reader.Bytes(12).CopyTo(challenge.AsSpan(8));
            reader.UntilZero(); // a zero after the challenge
            // MariaDB 10 puts this before its version, for replicas that took 10 for 1
            version = version.StartsWith("5.5.5-", StringComparison.Ordinal) ? version[6..] : version;
            return new(version, challenge, capabilities.HasFlag(Capabilities.Tls), Encoding.ASCII.GetString(reader.UntilZero()));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw NoServer(e);
        }
    }

    static IOException NoServer(Exception? inner = null) => new("what answers there is no MariaDB or MySQL server", inner);
}
