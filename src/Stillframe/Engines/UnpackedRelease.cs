namespace Stillframe.Engines;

/// <summary>What the server of an unpacked package calls itself, kept beside its files, which don't change: to ask it again takes a twentieth of a second in each build.</summary>
static class UnpackedRelease
{
    const string FileName = "release";

    /// <returns>Null where it is not known yet.</returns>
    public static async Task<ServerRelease?> FindAsync(UnpackedRoot unpacked, CancellationToken cancellationToken)
    {
        var file = Path.Combine(unpacked.Directory, FileName);
        return File.Exists(file) && ServerReleaseText.Parse(await File.ReadAllTextAsync(file, cancellationToken)) is { Product: "MariaDB" } release ? release : null;
    }

    /// <param name="output">Of <c>mariadbd --version</c>.</param>
    public static async Task KeepAsync(UnpackedRoot unpacked, string output, CancellationToken cancellationToken)
    {
        try
        {
            var file = Path.Combine(unpacked.Directory, FileName);
            var made = $"{file}.{Path.GetRandomFileName()}";
            await File.WriteAllTextAsync(made, output, cancellationToken);
            File.Move(made, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // somebody else's directory: it is asked each time
        }
    }
}
