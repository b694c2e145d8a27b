using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>How one column of an Aria key is stored (ma_open.c, _ma_keyseg_read).</summary>
readonly record struct AriaKeyPart(int Flags, int Length);

/// <summary>An Aria key (ma_open.c, _ma_keydef_read).</summary>
sealed record AriaKey(int Flags, int Length, IReadOnlyList<AriaKeyPart> Parts);

/// <summary>
/// The header of an Aria index file: a fixed part, the state (whose length depends on the number of keys) and the definition
/// (MariaDB, storage/maria/ma_open.c, _ma_state_info_read and _ma_base_info_read; integers are big-endian).
/// </summary>
sealed record AriaHeader
{
    public required bool IsTransactional { get; init; }

    public required bool HasPageChecksums { get; init; }

    public required bool HasRowBlocks { get; init; }

    public required bool IsEncrypted { get; init; }

    public required int BlockSize { get; init; }

    public required int RowPointer { get; init; }

    public required int PagePointer { get; init; }

    public required long KeyStart { get; init; }

    public required long KeyFileLength { get; init; }

    public required long DataFileLength { get; init; }

    public required IReadOnlyList<AriaKey> Keys { get; init; }

    const int Options = 4, Base = 12, KeyCount = 18, RowFormat = 22, KeyLength = 89, DataLength = 97;
    const int Changed = 26, Positions = 28, CreateTransaction = 137, KeyRoots = 155;
    const int PageChecksum = 0x800, BlockRecords = 3, Encrypted = 1;
    const int Uuid = 0, Start = 16, ExtraOptions = 90, Block = 100, Pointers = 102, Transactional = 106, BaseBytes = 135;

    /// <summary>Flags of <c>changed</c> that tie a file to the transaction log of one server (NOT_ZEROFILLED, NOT_MOVABLE, MOVED).</summary>
    const int TiedFlags = 0x80 | 0x100 | 0x200;

    /// <summary>LSN_NEEDS_NEW_STATE_LSNS, in Aria's 3 + 4 byte form: the log that comes next is asked.</summary>
    static ReadOnlySpan<byte> NoPosition => [0, 0, 0, 2, 0, 0, 0];

    /// <summary>Null where it is not the index file of an Aria table.</summary>
    public static AriaHeader? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 512 || !file.StartsWith(new byte[] { 0xfe, 0xfe, 0x09 }))
            return null;
        var definition = file[ReadUInt16BigEndian(file[Base..])..];
        var keys = new List<AriaKey>();
        var rest = definition[BaseBytes..];
        for (var i = 0; i < file[KeyCount]; i++)
        {
            var parts = new AriaKeyPart[rest[0]];
            var (flags, length) = (ReadUInt16BigEndian(rest[2..]), ReadUInt16BigEndian(rest[6..]));
            rest = rest[12..];
            for (var j = 0; j < parts.Length; j++, rest = rest[18..])
                parts[j] = new(ReadUInt16BigEndian(rest[6..]), ReadUInt16BigEndian(rest[8..]));
            keys.Add(new(flags, length, parts));
        }

        return new()
        {
            IsTransactional = definition[Transactional] != 0,
            HasPageChecksums = (ReadUInt16BigEndian(file[Options..]) & PageChecksum) != 0,
            HasRowBlocks = file[RowFormat] == BlockRecords,
            IsEncrypted = (ReadUInt16BigEndian(definition[ExtraOptions..]) & Encrypted) != 0,
            BlockSize = ReadUInt16BigEndian(definition[Block..]),
            RowPointer = definition[Pointers],
            PagePointer = definition[Pointers + 1],
            KeyStart = ReadInt64BigEndian(definition[Start..]),
            KeyFileLength = ReadInt64BigEndian(file[KeyLength..]),
            DataFileLength = ReadInt64BigEndian(file[DataLength..]),
            Keys = keys,
        };
    }

    /// <summary>Sets what names a time, a server or a place in its log.</summary>
    public static void ForgetOrigin(Span<byte> file)
    {
        var changed = ReadUInt16BigEndian(file[Changed..]);
        WriteUInt16BigEndian(file[Changed..], (ushort)(changed & ~TiedFlags));
        for (var i = 0; i < 3; i++) // create_rename_lsn, is_of_horizon, skip_redo_lsn
            NoPosition.CopyTo(file[(Positions + i * NoPosition.Length)..]);
        WriteInt64BigEndian(file[CreateTransaction..], 0);

        var afterRoots = file[(KeyRoots + 8 * file[KeyCount] + 8)..];
        WriteUInt32BigEndian(afterRoots[8..], (uint)FixedTime.UnixSeconds); // version
        WriteInt64BigEndian(afterRoots[20..], FixedTime.UnixSeconds); // create_time
        WriteInt64BigEndian(afterRoots[28..], 0); // recover_time
        WriteInt64BigEndian(afterRoots[36..], 0); // check_time
        file.Slice(ReadUInt16BigEndian(file[Base..]) + Uuid, 16).Clear();
    }
}
