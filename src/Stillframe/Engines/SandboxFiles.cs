namespace Stillframe.Engines;

static class SandboxFiles
{
    /// <summary>Copies a file of the data directory to this host, whose directory for it is made.</summary>
    /// <param name="name">Its path within the data directory, with <c>/</c>.</param>
    public static Task CopyDataFileAsync(this ISandbox sandbox, string name, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return sandbox.ReadDataFileAsync(
            name,
            async (content, _, token) =>
            {
                await using var file = File.Create(path);
                await content.CopyToAsync(file, 1 << 20, token);
                return true;
            },
            cancellationToken);
    }
}
