using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Stillframe.MSBuild;

/// <summary>
/// What a file system says of a file: two equal ones are of the same bytes. A modification time can be set back, and is, by archives and reproducible
/// builds; the time of the last change of any kind can't.
/// </summary>
/// <remarks>By the system's own calls: .NET tells neither that time nor a file's number.</remarks>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">Nanoseconds since 1970, as is <paramref name="Changed"/>.</param>
/// <param name="Node">Number of the file on its <paramref name="Device"/>.</param>
sealed partial record FileStamp(long Length, long Modified, long Changed, ulong Node, ulong Device)
{
    const long Second = 1_000_000_000;

    /// <summary>Clocks of kernels tick at most every 16 ms.</summary>
    const long Tick = Second / 20;

    /// <summary>FAT counts in steps of two seconds, others in whole ones.</summary>
    const long CoarseTick = 3 * Second;

    /// <returns>Null where there is no such file, or this system does not tell.</returns>
    public static FileStamp? Of(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() ? OnLinux(path) : OperatingSystem.IsMacOS() ? OnMac(path) : OperatingSystem.IsWindows() ? OnWindows(path) : null;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a change after now will show: one within the same tick of the clock would not.</summary>
    public bool IsOld(DateTimeOffset now)
    {
        var age = (now - DateTimeOffset.UnixEpoch).Ticks * 100 - Changed;
        return age > (Changed % Second == 0 ? CoarseTick : Tick);
    }

    // man 2 statx; the structure is the same on every processor
    static FileStamp? OnLinux(string path)
    {
        const int WorkingDirectory = -100;
        const uint Basic = 0x7ff, Wanted = 0x40 | 0x80 | 0x100 | 0x200; // mtime, ctime, ino, size
        Span<byte> answer = stackalloc byte[256];
        if (Statx(WorkingDirectory, path, 0, Basic, ref MemoryMarshal.GetReference(answer)) != 0 || (BinaryPrimitives.ReadUInt32LittleEndian(answer) & Wanted) != Wanted)
            return null;
        return new(Int64(answer, 40), Time(answer, 112), Time(answer, 96), (ulong)Int64(answer, 32), (ulong)Int64(answer, 136));
    }

    // man 2 stat, struct stat with 64-bit inodes
    static FileStamp? OnMac(string path)
    {
        Span<byte> answer = stackalloc byte[256];
        ref var start = ref MemoryMarshal.GetReference(answer);
        if ((RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatInode64(path, ref start) : Stat(path, ref start)) != 0)
            return null;
        return new(Int64(answer, 96), Time(answer, 48), Time(answer, 64), (ulong)Int64(answer, 8), BinaryPrimitives.ReadUInt32LittleEndian(answer));
    }

    // https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getfileinformationbyhandleex
    static FileStamp? OnWindows(string path)
    {
        const int BasicInfo = 0, IdInfo = 18;
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        Span<byte> basic = stackalloc byte[40], id = stackalloc byte[24];
        if (!GetFileInformationByHandleEx(file, BasicInfo, ref MemoryMarshal.GetReference(basic), basic.Length)
            || !GetFileInformationByHandleEx(file, IdInfo, ref MemoryMarshal.GetReference(id), id.Length)
            || Int64(basic, 24) == 0)
            return null;
        return new(
            RandomAccess.GetLength(file), FileTime(Int64(basic, 16)), FileTime(Int64(basic, 24)), (ulong)(Int64(id, 8) ^ Int64(id, 16)), (ulong)Int64(id, 0));
    }

    static long Int64(ReadOnlySpan<byte> bytes, int at) => MemoryMarshal.Read<long>(bytes[at..]);

    static long Time(ReadOnlySpan<byte> bytes, int at) => Int64(bytes, at) * Second + MemoryMarshal.Read<uint>(bytes[(at + 8)..]);

    /// <param name="ticks">Of 100 ns, since 1601.</param>
    static long FileTime(long ticks) => (DateTime.FromFileTimeUtc(ticks) - DateTime.UnixEpoch).Ticks * 100;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte answer);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Stat(string path, ref byte answer);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatInode64(string path, ref byte answer);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandleEx(Microsoft.Win32.SafeHandles.SafeFileHandle file, int kind, ref byte answer, int size);
}
