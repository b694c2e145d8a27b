using System.Text;

namespace Stillframe.Connections;

/// <summary>What a result says of one of its columns. MariaDB manual, "Column Definition Packet".</summary>
/// <param name="Type">As the protocol numbers field types.</param>
/// <param name="Collation">Number of the collation that its text has on the wire; 63 for bytes.</param>
sealed record ResultColumn(string Name, byte Type, ushort Collation)
{
    public static ResultColumn Read(ReadOnlySpan<byte> packet)
    {
        var reader = new PacketReader(packet);
        for (var i = 0; i < 4; i++) // catalog, schema, alias and name of the table
            reader.Counted();
        var name = Encoding.UTF8.GetString(reader.Counted());
        reader.Counted(); // the column's name in the table
        reader.LengthEncodedInteger(); // of what follows
        var collation = reader.UInt16();
        reader.Bytes(4); // width
        return new(name, reader.Byte(), collation);
    }
}
