using System.Buffers.Binary;
using System.Text;
using Stillframe.Oci;

namespace Stillframe.Engines;

/// <summary>Reads the little that is wanted of a program: which dynamic loader it asks for. See elf(5), "PT_INTERP".</summary>
/// <remarks>Own: a library for ELF would have to be shipped with the tasks for two headers.</remarks>
static class ElfFile
{
    const int HeaderSize = 64;
    const int ProgramHeaderSize = 56;
    const uint Interpreter = 3;

    /// <returns>Such as <c>/lib64/ld-linux-x86-64.so.2</c>; null for a static program, and for whatever is not a 64-bit little-endian ELF file.</returns>
    public static string? ReadInterpreter(Stream file)
    {
        var header = new byte[HeaderSize];
        if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize
            || !header.AsSpan(0, 6).SequenceEqual<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
        {
            return null;
        }

        file.Position = (long)BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(32));
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(56));
        var entry = new byte[ProgramHeaderSize];
        for (var i = 0; i < entries; i++)
        {
            file.ReadExactly(entry);
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry) != Interpreter)
                continue;
            file.Position = (long)BinaryPrimitives.ReadUInt64LittleEndian(entry.AsSpan(8));
            var text = new byte[BinaryPrimitives.ReadUInt64LittleEndian(entry.AsSpan(32))];
            file.ReadExactly(text);
            return Encoding.UTF8.GetString(text).TrimEnd('\0');
        }

        return null;
    }

    /// <summary>What programs for a platform say of their processor (elf(5), <c>e_machine</c>); null where that is not known here.</summary>
    public static int? MachineOf(Platform platform) => platform.Architecture switch
    {
        "amd64" => 62,
        "arm64" => 183,
        "ppc64le" => 21,
        "riscv64" => 243,
        "loong64" => 258,
        _ => null,
    };

    /// <summary>The processor that a program is for (<c>e_machine</c>); null for what is not a 64-bit little-endian ELF file.</summary>
    public static int? ReadMachine(Stream file)
    {
        var header = new byte[HeaderSize];
        return file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) == HeaderSize && header.AsSpan(0, 6).SequenceEqual<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1])
            ? BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(18))
            : null;
    }

    public static int? ReadMachine(string path)
    {
        using var file = File.OpenRead(path);
        return ReadMachine(file);
    }

    public static string? ReadInterpreter(string path)
    {
        using var file = File.OpenRead(path);
        return ReadInterpreter(file);
    }
}
