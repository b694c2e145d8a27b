using System.Formats.Tar;
using Stillframe.Engines;
using Stillframe.Layers;

namespace Stillframe.Images;

/// <summary>Looks at a program in the layers of an image that can't be started here.</summary>
static class ServerProgramFile
{
    const int MostLinks = 8;

    /// <summary>The processor that it is for (elf(5), <c>e_machine</c>); null where there is no such program.</summary>
    /// <param name="path">Absolute; directories on the way that are links are not followed.</param>
    public static async Task<int?> MachineAsync(BaseImage image, string path, CancellationToken cancellationToken)
    {
        for (var links = 0; links < MostLinks; links++)
        {
            var (machine, target) = await FindAsync(image, path.TrimStart('/'), cancellationToken);
            if (target is null)
                return machine;
            path = Path.GetFullPath(target, Path.GetDirectoryName(path)!);
        }

        return null;
    }

    /// <summary>What the uppermost layer that has the file says.</summary>
    static async Task<(int? Machine, string? Target)> FindAsync(BaseImage image, string name, CancellationToken cancellationToken)
    {
        foreach (var layer in image.Layers.Reverse())
        {
            await using var stored = await layer.Open(cancellationToken);
            await using var text = LayerReading.Open(stored, layer.Descriptor.MediaType);
            await using var tar = new TarReader(text);
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                if (entry.Name.TrimStart('.').TrimStart('/') != name)
                    continue;
                return entry switch
                {
                    { EntryType: TarEntryType.SymbolicLink } => (null, entry.LinkName),
                    { EntryType: TarEntryType.HardLink } => (null, "/" + entry.LinkName.TrimStart('.').TrimStart('/')),
                    { DataStream: { } content } => (ElfFile.ReadMachine(content), null),
                    _ => (null, null),
                };
            }
        }

        return (null, null);
    }
}
