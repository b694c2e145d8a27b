namespace Stillframe.Dumps;

/// <summary>
/// The part of a stream that is being looked at: one buffer, which moves along and grows only to the largest single statement.
/// </summary>
/// <param name="file">The stream's name in errors.</param>
internal sealed class ByteWindow(Stream stream, string file, DumpOptions options)
{
    const int Slack = 1 << 16;

    byte[] bytes = new byte[Math.Max(options.BufferSize, 1)];
    long before; // bytes of the stream before bytes[0]
    long line = 1; // of lineAt
    int lineAt;

    /// <summary>The first byte that is still needed.</summary>
    public int Start { get; private set; }

    /// <summary>The byte that is looked at; moves when <see cref="Fill"/> does.</summary>
    public int Position { get; set; }

    public int End { get; private set; }

    public byte Current => bytes[Position];

    public ReadOnlySpan<byte> Rest => bytes.AsSpan(Position, End - Position);

    public ReadOnlyMemory<byte> Taken => bytes.AsMemory(Start, Position - Start);

    /// <summary>Nothing before the position is needed any more.</summary>
    public void Release() => Start = Position;

    /// <summary>Whether so many bytes lie before the end of the stream, from the position on.</summary>
    public bool Has(int count)
    {
        while (End - Position < count)
        {
            if (!Fill())
                return false;
        }

        return true;
    }

    public bool StartsWith(ReadOnlySpan<byte> bytes) => Has(bytes.Length) && Rest.StartsWith(bytes);

    /// <summary>Takes in more of the stream; false at its end. Bytes from <see cref="Start"/> on are kept.</summary>
    public bool Fill()
    {
        RefuseTooLarge(End - Start);
        if (End == bytes.Length)
            MakeRoom();
        var count = stream.Read(bytes, End, bytes.Length - End);
        End += count;
        return count > 0;
    }

    /// <exception cref="StillframeException">SF1009 where a statement of so many bytes is more than a server takes.</exception>
    public void RefuseTooLarge(int size)
    {
        if (size > options.MaximumStatementSize)
            throw new StillframeException(
                ErrorCodes.StatementTooLarge,
                $"A statement of '{file}' is larger than {options.MaximumStatementSize:N0} bytes, more than a server takes at once. "
                + "Dump again with a smaller --net-buffer-length, or look for a string that does not end.",
                Location(Start));
    }

    /// <summary>Place in the stream. Lines are counted here only, so ask for places in rising order.</summary>
    public SourceLocation Location(int position)
    {
        if (position >= lineAt)
        {
            line += bytes.AsSpan(lineAt, position - lineAt).Count((byte)'\n');
            lineAt = position;
        }

        return new(file, line, before + position);
    }

    void MakeRoom()
    {
        Location(Start);
        var kept = End - Start;
        var target = kept > bytes.Length / 2 ? new byte[NewSize()] : bytes;
        Buffer.BlockCopy(bytes, Start, target, 0, kept);
        before += Start;
        lineAt -= Start;
        Position -= Start;
        (bytes, Start, End) = (target, 0, kept);
    }

    int NewSize() => (int)Math.Min(bytes.Length * 2L, Math.Max(options.MaximumStatementSize + (long)Slack, bytes.Length + 1L));
}
