namespace Stillframe.Connections;

/// <summary>What a server says after <c>LOAD DATA</c>. MariaDB manual, "OK_Packet".</summary>
/// <param name="Rows">Rows that are in the table now.</param>
/// <param name="Warnings">Warnings and, unless <c>sql_notes</c> is off, notes; at most 65535.</param>
readonly record struct LoadOutcome(long Rows, int Warnings)
{
    internal static LoadOutcome Read(ReadOnlySpan<byte> packet)
    {
        var reader = new PacketReader(packet[1..]);
        var rows = (long)reader.LengthEncodedInteger();
        reader.LengthEncodedInteger(); // last insert id
        reader.UInt16(); // status
        return new(rows, reader.UInt16());
    }
}
