namespace Stillframe.Connections;

/// <summary>What both sides of a session can do, as far as this one uses it. MariaDB manual, "Initial Handshake Packet", capabilities.</summary>
[Flags]
enum Capabilities : uint
{
    LongPassword = 1,
    LocalFiles = 1 << 7,
    Protocol41 = 1 << 9,
    Tls = 1 << 11,
    Transactions = 1 << 13,
    SecureConnection = 1 << 15,
    MultiResults = 1 << 17,
    PluginAuthentication = 1 << 19,
}
