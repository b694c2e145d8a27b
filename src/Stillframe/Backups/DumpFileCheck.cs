using Stillframe.Dumps;
using Stillframe.Oci;

namespace Stillframe.Backups;

/// <summary>Whether a file of a dump directory has the bytes that were dumped.</summary>
static class DumpFileCheck
{
    /// <exception cref="StillframeException">SF1015.</exception>
    public static async Task RequireAsync(string directory, DumpedFile file, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, file.Name);
        if (!File.Exists(path))
            throw Broken($"lacks the file '{file.Name}' of its {DumpManifest.FileName}");
        if ((await Digest.OfFileAsync(path, cancellationToken)).Hex != file.Sha256)
            throw Broken($"has a file '{file.Name}' whose SHA-256 is not the one in its {DumpManifest.FileName}");

        StillframeException Broken(string what) => new(ErrorCodes.DumpDirectoryBroken, $"'{directory}' {what}. Dump again, or take another backup.", new(directory));
    }
}
