namespace Stillframe.Connections;

/// <summary>Reads what a server answers to a statement.</summary>
sealed class ResultReader(PacketStream packets)
{
    public const byte AsksForLocalFile = 0xFB;

    /// <summary>Reads every result set and OK of one statement. MariaDB manual, "Result Set Packets".</summary>
    public async Task ReadAsync(List<string?[]>? rows, CancellationToken cancellationToken)
    {
        bool more;
        do
        {
            var answer = await packets.ReadAsync(cancellationToken);
            ErrorPacket.ThrowIfOne(answer.Span);
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
        return HasMoreResults(await ReadRowsAsync(
            row =>
            {
                rows?.Add(Row(row.Span, columns));
                return default;
            },
            cancellationToken));
    }

    /// <summary>Reads the one result of a SELECT, each row as the packet that it comes in.</summary>
    public async Task StreamAsync(Action<IReadOnlyList<ResultColumn>> described, Func<ReadOnlyMemory<byte>, ValueTask> row, CancellationToken cancellationToken)
    {
        var answer = await packets.ReadAsync(cancellationToken);
        ErrorPacket.ThrowIfOne(answer.Span);
        var columns = new ResultColumn[(int)ColumnCount(answer.Span)];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = ResultColumn.Read((await packets.ReadAsync(cancellationToken)).Span);
        await packets.ReadAsync(cancellationToken); // EOF
        described(columns);
        await ReadRowsAsync(row, cancellationToken);
    }

    /// <inheritdoc cref="ServerConnection.CommandAsync"/>
    public async Task ReadPacketsAsync(Func<ReadOnlyMemory<byte>, ValueTask<bool>> packet, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await packets.ReadAsync(cancellationToken);
            ErrorPacket.ThrowIfOne(answer.Span);
            if ((answer.Span[0] == 0xFE && answer.Length < 9) || !await packet(answer[1..]))
                return;
        }
    }

    /// <returns>The status after the last one.</returns>
    async Task<ushort> ReadRowsAsync(Func<ReadOnlyMemory<byte>, ValueTask> row, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!packets.TryRead(out var packet))
                packet = await packets.ReadAsync(cancellationToken);
            ErrorPacket.ThrowIfOne(packet.Span);
            if (packet.Span[0] == 0xFE && packet.Length < 9)
                return EofStatus(packet.Span);
            await row(packet);
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
}
