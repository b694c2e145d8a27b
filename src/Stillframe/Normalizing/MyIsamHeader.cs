using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// The state in a MyISAM index file (<c>.MYI</c>; MariaDB, storage/myisam/mi_open.c, mi_state_info_read; integers are big-endian):
/// the process that wrote it and the times of its making.
/// </summary>
static class MyIsamHeader
{
    const int KeyCount = 18, DeletedChains = 21, Process = 108, Roots = 124;

    /// <param name="file">The file, or as much of it as its header takes (a few hundred bytes).</param>
    public static Normalization Normalize(Span<byte> file)
    {
        if (file.Length < 512 || !file.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xfe, 0x07]))
            return new("not a MyISAM table");
        WriteUInt32BigEndian(file[Process..], 0);
        WriteUInt32BigEndian(file[(Process + 4)..], 0); // unique
        var afterRoots = file[(Roots + 8 * (file[KeyCount] + file[DeletedChains]))..];
        WriteUInt32BigEndian(afterRoots[8..], (uint)FixedTime.UnixSeconds); // version
        WriteInt64BigEndian(afterRoots[20..], FixedTime.UnixSeconds); // create_time
        WriteInt64BigEndian(afterRoots[28..], 0); // recover_time
        WriteInt64BigEndian(afterRoots[36..], 0); // check_time
        return Normalization.Complete;
    }
}
