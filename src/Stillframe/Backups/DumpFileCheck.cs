using Stillframe.Dumps;
using Stillframe.Oci;

namespace Stillframe.Backups;

/// <summary>Whether a file of a dump directory has the bytes that were dumped.</summary>
static class DumpFileCheck
{
    /// <exception cref="StillframeException">SF1015.</exception>
    public static async Task RequireAsync(string directory, DumpedFile file, CancellationToken cancellationToken)
    {
        if ((await Digest.OfFileAsync(Path.Combine(directory, file.Name), cancellationToken)).Hex != file.Sha256)
            throw new StillframeException(
                ErrorCodes.DumpDirectoryBroken, $"'{directory}' has a file '{file.Name}' whose SHA-256 is not the one in its {DumpManifest.FileName}. Dump again, or take another backup.", new(directory));
    }
}
