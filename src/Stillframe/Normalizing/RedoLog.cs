using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// The redo log of a server that was shut down cleanly holds nothing to redo. This one holds nothing else either
/// (format of MariaDB 10.8 and later: storage/innobase/include/log0log.h).
/// </summary>
static class RedoLog
{
    /// <summary>
    /// Where every frame's log begins: far beyond what a load can write, so that files which had to stay as they were aren't newer than the log.
    /// </summary>
    public const ulong Start = 1UL << 40;

    const uint Format = 0x50687973;
    const int FirstLsn = 8, HeaderBytes = 512, Checkpoint1 = 4096, Checkpoint2 = 8192, CheckpointBytes = 64, Records = 12288;

    /// <exception cref="StillframeException">SF2010: the log still holds changes.</exception>
    public static Normalization Normalize(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        var length = RandomAccess.GetLength(file);
        var head = new byte[Records];
        if (RandomAccess.Read(file, head, 0) < head.Length || ReadUInt32BigEndian(head) != Format)
            return new("a redo log format other than that of MariaDB 10.8 and later");
        if (!IsEmpty(file, head, length))
            throw new StillframeException(
                ErrorCodes.FreezeFailed, $"The redo log '{path}' still holds changes: the server was not shut down cleanly. Perhaps it was killed; load again.");

        WriteUInt64BigEndian(head.AsSpan(FirstLsn), Start);
        Seal(head.AsSpan(0, HeaderBytes));
        head.AsSpan(HeaderBytes).Clear();
        WriteUInt64BigEndian(head.AsSpan(Checkpoint1), Start);
        WriteUInt64BigEndian(head.AsSpan(Checkpoint1 + 8), Start);
        Seal(head.AsSpan(Checkpoint1, CheckpointBytes));
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, head, 0);
        RandomAccess.Write(file, CheckpointRecord(Start, 1), Records);
        RandomAccess.SetLength(file, length);
        return Normalization.Complete;
    }

    static bool IsEmpty(Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] head, long length)
    {
        var newest = new[] { Checkpoint1, Checkpoint2 }.Max(at => ReadUInt64BigEndian(head.AsSpan(at)));
        var capacity = (ulong)(length - Records);
        var distance = newest - ReadUInt64BigEndian(head.AsSpan(FirstLsn));
        var expected = CheckpointRecord(newest, (byte)(distance / capacity % 2 == 0 ? 1 : 0));
        var found = new byte[expected.Length];
        for (var i = 0; i < found.Length; i++) // the log is a ring
            RandomAccess.Read(file, found.AsSpan(i, 1), Records + (long)((distance + (ulong)i) % capacity));
        return found.AsSpan().SequenceEqual(expected);
    }

    /// <summary>The last thing that a clean shutdown logs: FILE_CHECKPOINT, its position, the ring's parity, a checksum; then the end, a zero.</summary>
    static byte[] CheckpointRecord(ulong lsn, byte parity)
    {
        var record = new byte[17];
        record[0] = 0xfa;
        WriteUInt64BigEndian(record.AsSpan(3), lsn);
        record[11] = parity;
        WriteUInt32BigEndian(record.AsSpan(12), Crc32C.Compute(record.AsSpan(0, 11)));
        return record;
    }

    static void Seal(Span<byte> block) => WriteUInt32BigEndian(block[^4..], Crc32C.Compute(block[..^4]));
}
