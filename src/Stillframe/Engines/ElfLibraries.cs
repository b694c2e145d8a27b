using System.Buffers.Binary;
using System.Text;

namespace Stillframe.Engines;

/// <summary>
/// The libraries of a program whose loader does not run here, as it is for another processor: those that the files name, looked for where its loader would.
/// See elf(5), "Dynamic tags"; ld.so(8).
/// </summary>
static class ElfLibraries
{
    const uint Load = 1, Dynamic = 2;
    const long Needed = 1, StringTable = 5;

    /// <param name="unpacked">Its <see cref="UnpackedRoot.LibraryPath"/> is gone through in order.</param>
    /// <exception cref="StillframeException">SF2002: a library is missing.</exception>
    public static IReadOnlyList<SharedLibrary> List(string program, UnpackedRoot unpacked)
    {
        var directories = unpacked.LibraryPath.Split(':');
        var loader = Path.GetFileName(ElfFile.ReadInterpreter(program));
        var found = new List<SharedLibrary>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var left = new Queue<string>([program]);
        while (left.TryDequeue(out var file))
        {
            // what needs the loader itself has it already
            foreach (var name in ReadNeeded(file).Where(name => name != loader && names.Add(name)))
            {
                var path = directories.Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists)
                    ?? throw new StillframeException(ErrorCodes.EngineUnavailable, $"The libraries of '{program}' can't be found: '{file}' needs '{name}', which is in none of its packages. Use the engine docker or podman, whose base image has them.");
                found.Add(new(name, path));
                left.Enqueue(path);
            }
        }

        return found;
    }

    static List<string> ReadNeeded(string path)
    {
        var bytes = File.ReadAllBytes(path);
        ReadOnlySpan<byte> file = bytes;
        var segments = Segments(bytes);
        var needed = new List<long>();
        var names = 0L;
        foreach (var (kind, offset, _, size) in segments)
        {
            if (kind != Dynamic)
                continue;
            for (var at = offset; at < offset + size; at += 16)
            {
                var (tag, value) = (BinaryPrimitives.ReadInt64LittleEndian(file[(int)at..]), BinaryPrimitives.ReadInt64LittleEndian(file[(int)(at + 8)..]));
                if (tag == Needed)
                    needed.Add(value);
                else if (tag == StringTable)
                    names = value;
            }
        }

        // addresses are those of memory
        var place = segments.FirstOrDefault(segment => segment.Kind == Load && names >= segment.Address && names < segment.Address + segment.Size);
        return [.. needed.Select(name => Text(bytes, (int)(names - place.Address + place.Offset + name)))];
    }

    static List<(uint Kind, long Offset, long Address, long Size)> Segments(byte[] file)
    {
        var (start, size, count) = (BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(32)), BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(54)), BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(56)));
        var segments = new List<(uint, long, long, long)>();
        for (var i = 0; i < count; i++)
        {
            var header = file.AsSpan((int)start + i * size);
            segments.Add((
                BinaryPrimitives.ReadUInt32LittleEndian(header), BinaryPrimitives.ReadInt64LittleEndian(header[8..]), BinaryPrimitives.ReadInt64LittleEndian(header[16..]), BinaryPrimitives.ReadInt64LittleEndian(header[32..])));
        }

        return segments;
    }

    static string Text(byte[] file, int at) => Encoding.UTF8.GetString(file.AsSpan(at, Array.IndexOf(file, (byte)0, at) - at));
}
