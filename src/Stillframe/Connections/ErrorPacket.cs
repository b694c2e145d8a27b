using System.Text;

namespace Stillframe.Connections;

/// <summary>MariaDB manual, "ERR_Packet".</summary>
static class ErrorPacket
{
    /// <exception cref="ServerException">What it says.</exception>
    public static void ThrowIfOne(ReadOnlySpan<byte> packet)
    {
        if (packet[0] != 0xFF)
            return;
        var reader = new PacketReader(packet[1..]);
        var number = reader.UInt16();
        var text = Encoding.UTF8.GetString(reader.Bytes(packet.Length - 3));
        throw text is ['#', ..] ? new ServerException(number, text[1..6], text[6..]) : new ServerException(number, "HY000", text);
    }
}
