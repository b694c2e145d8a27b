using System.Runtime.InteropServices;
using Stillframe.Deflate;

namespace Stillframe.Layers;

/// <summary>The system's libzstd: .NET has none before version 11. <see href="https://facebook.github.io/zstd/zstd_manual.html"/></summary>
/// <remarks>Not ZstdSharp, the port to C#: 0.4 MB to be shipped with the tasks, and a fifth slower (in turns, blocks of 1 MiB of tablespaces, levels 1 and 3).</remarks>
static partial class Zstd
{
    const string Library = "libzstd.so.1"; // every Debian, Ubuntu and Fedora has it, as their package managers need it

    /// <summary>Such as <c>1.5.5</c>: another one packs the same bytes in another way.</summary>
    /// <exception cref="StillframeException">SF1101: this system has no libzstd.</exception>
    public static string Version()
    {
        try
        {
            return Marshal.PtrToStringUTF8(ZSTD_versionString())!;
        }
        catch (DllNotFoundException e)
        {
            throw Missing(e);
        }
    }

    /// <summary>One frame (RFC 8878, section 3.1).</summary>
    /// <exception cref="StillframeException">SF1101: this system has no libzstd.</exception>
    public static PackedBlock Pack(ReadOnlySpan<byte> block, int level)
    {
        try
        {
            var packed = PackedBlock.Rent((int)ZSTD_compressBound((nuint)block.Length));
            var size = ZSTD_compress(packed, (nuint)packed.Length, block, (nuint)block.Length, level);
            return new(packed, (int)Checked(size));
        }
        catch (DllNotFoundException e)
        {
            throw Missing(e);
        }
    }

    /// <summary>Unpacks frames, whoever made them.</summary>
    /// <exception cref="StillframeException">SF1101: this system has no libzstd.</exception>
    public static Stream Open(Stream packed)
    {
        try
        {
            return new Reader(packed, ZSTD_createDStream());
        }
        catch (DllNotFoundException e)
        {
            throw Missing(e);
        }
    }

    static StillframeException Missing(Exception e) => new(
        ErrorCodes.OptionInvalid, $"This system has no {Library}, which layers with zstd need. Install it (Debian: package libzstd1), or set DatabaseImageCompression to gzip.", innerException: e);

    static nuint Checked(nuint result) =>
        ZSTD_isError(result) == 0 ? result : throw new InvalidDataException($"zstd: {Marshal.PtrToStringUTF8(ZSTD_getErrorName(result))}.");

    [StructLayout(LayoutKind.Sequential)]
    struct Buffer
    {
        public nint Bytes;
        public nuint Size, Position;
    }

    sealed class Reader(Stream packed, nint context) : ReadOnlyStream
    {
        readonly byte[] input = new byte[256 * 1024];
        int start, end;
        nint context = context;
        bool between = true; // two frames, where the stream may end

        public override int Read(Span<byte> buffer)
        {
            while (true)
            {
                if (start == end)
                {
                    (start, end) = (0, packed.Read(input));
                    if (end == 0)
                        return between ? 0 : throw new InvalidDataException("zstd: the stream is cut off.");
                }

                var count = Step(buffer);
                if (count > 0 || buffer.IsEmpty)
                    return count;
            }
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Read(buffer.Span));
        }

        unsafe int Step(Span<byte> buffer)
        {
            fixed (byte* from = input, to = buffer)
            {
                var source = new Buffer { Bytes = (nint)from, Size = (nuint)end, Position = (nuint)start };
                var target = new Buffer { Bytes = (nint)to, Size = (nuint)buffer.Length };
                between = Checked(ZSTD_decompressStream(context, ref target, ref source)) == 0;
                start = (int)source.Position;
                return (int)target.Position;
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (context != 0)
                _ = ZSTD_freeDStream(context);
            context = 0;
            if (disposing)
                packed.Dispose();
            base.Dispose(disposing);
        }
    }

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ZSTD_versionString();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint ZSTD_compressBound(nuint size);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint ZSTD_compress(Span<byte> target, nuint capacity, ReadOnlySpan<byte> source, nuint size, int level);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint ZSTD_isError(nuint result);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ZSTD_getErrorName(nuint result);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ZSTD_createDStream();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint ZSTD_freeDStream(nint context);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint ZSTD_decompressStream(nint context, ref Buffer target, ref Buffer source);
}
