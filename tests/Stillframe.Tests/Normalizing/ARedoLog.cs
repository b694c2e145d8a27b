using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tests.Normalizing;

public sealed class ARedoLog : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    /// <summary>What MariaDB 10.11 leaves at a clean shutdown at <paramref name="lsn"/>, with old records around it.</summary>
    string Write(ulong lsn, bool more = false)
    {
        var log = new byte[1 << 16];
        log.AsSpan(12288).Fill(0x5a);
        "Phys"u8.CopyTo(log);
        WriteUInt64BigEndian(log.AsSpan(8), 12288);
        WriteUInt64BigEndian(log.AsSpan(4096), lsn);
        var record = log.AsSpan(12288 + (int)(lsn - 12288), 17);
        record.Clear();
        record[0] = 0xfa;
        WriteUInt64BigEndian(record[3..], lsn);
        record[11] = 1;
        WriteUInt32BigEndian(record[12..], Crc32C.Compute(record[..11]));
        record[16] = more ? (byte)1 : (byte)0;
        var path = Path.Combine(directory.Path, $"log{lsn}");
        File.WriteAllBytes(path, log);
        return path;
    }

    [Fact]
    public void Of_two_runs_is_the_same()
    {
        var (first, second) = (Write(20000), Write(30001));
        RedoLog.Normalize(first);
        RedoLog.Normalize(second);

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.Equal(1 << 16, new FileInfo(first).Length);
    }

    [Fact]
    public void That_is_normalised_is_one_of_a_clean_shutdown()
    {
        var path = Write(20000);
        RedoLog.Normalize(path);
        var once = File.ReadAllBytes(path);
        RedoLog.Normalize(path);

        Assert.Equal(once, File.ReadAllBytes(path));
    }

    [Fact]
    public void With_changes_after_its_checkpoint_is_an_error() =>
        Assert.Equal(ErrorCodes.FreezeFailed, Assert.Throws<StillframeException>(() => RedoLog.Normalize(Write(20000, more: true))).Code);
}
