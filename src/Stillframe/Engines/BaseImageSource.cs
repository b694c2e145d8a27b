namespace Stillframe.Engines;

/// <summary>Gets a base image into a container engine and finds the name under which it can't change any more.</summary>
sealed class BaseImageSource(ContainerCommand command, IReporter reporter)
{
    /// <returns><c>docker.io/library/mariadb@sha256:…</c>, or the image id where the image never came from a registry.</returns>
    /// <exception cref="StillframeException">SF2003.</exception>
    public async Task<string> PinAsync(string image, CancellationToken cancellationToken)
    {
        if (await FindAsync(image, cancellationToken) is { } present)
            return present;

        reporter.Message(Importance.High, $"Pulling {image}");
        var words = new List<string>();
        var result = await command.RunAsync(
            ["pull", image],
            cancellationToken,
            new()
            {
                Output = async (stream, token) =>
                {
                    using var reader = new StreamReader(stream);
                    while (await reader.ReadLineAsync(token) is { } line)
                    {
                        words.Add(line);
                        reporter.Message(Importance.Normal, line);
                    }
                },
            });
        if (result.ExitCode == 0 && await FindAsync(image, cancellationToken) is { } pulled)
            return pulled;

        var message = result.AllOutput.Length > 0 ? result.AllOutput : string.Join(' ', words.TakeLast(3));
        throw new StillframeException(
            ErrorCodes.BaseImageMissing,
            $"The base image '{image}' is not in the {command.Program} engine and can't be pulled: {message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}. " +
            $"Check the spelling of DatabaseBaseImage and the network; a private registry needs '{command.Program} login' first.");
    }

    async Task<string?> FindAsync(string image, CancellationToken cancellationToken)
    {
        var result = await command.RunAsync(
            ["image", "inspect", "--format", "{{.Id}}{{range .RepoDigests}} {{.}}{{end}}", image],
            cancellationToken);
        return result.ExitCode == 0 ? Pinned(image, result.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) : null;
    }

    /// <param name="names">The image id, then its repository digests.</param>
    internal static string Pinned(string image, IReadOnlyList<string> names)
    {
        var digests = names.Skip(1).Select(FullName).ToList();
        var repository = Repository(FullName(image));
        return digests.FirstOrDefault(digest => Repository(digest) == repository)
            ?? digests.FirstOrDefault()
            ?? (names[0].Contains(':', StringComparison.Ordinal) ? names[0] : "sha256:" + names[0]);
    }

    /// <summary>Docker leaves out its own registry's name.</summary>
    internal static string FullName(string reference)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return "docker.io/library/" + reference;
        var first = reference[..slash];
        return first == "localhost" || first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal)
            ? reference
            : "docker.io/" + reference;
    }

    static string Repository(string reference)
    {
        var name = reference.Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }
}
