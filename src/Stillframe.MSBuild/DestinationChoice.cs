using Stillframe.Destinations;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.MSBuild;

/// <summary>Where a frame goes: the first of an archive, a registry, and the local container engine, as the .NET SDK decides for the service.</summary>
/// <param name="Archive">A file or a directory.</param>
/// <param name="ServiceArchive">Where the service's archive goes; the frame's goes beside it.</param>
/// <param name="LocalEngine"><c>Docker</c> or <c>Podman</c>; null takes the first that answers.</param>
/// <param name="FallbackDirectory">Takes an archive where no engine answers.</param>
sealed record DestinationChoice(
    string Repository, string? Archive, string? ServiceArchive, string? Registry, string? LocalEngine, string FallbackDirectory)
{
    /// <summary>The destination, and the file that it writes, where it writes one.</summary>
    /// <param name="scratch">Of the scratch image, which is no frame that a build could take over from.</param>
    /// <exception cref="StillframeException">SF1103, SF2002.</exception>
    public async Task<(IDestination Destination, string? File)> ChooseAsync(IReporter reporter, CancellationToken cancellationToken, bool scratch = false)
    {
        if (Archive is not null)
            return ToArchive(ArchivePath.Of(Archive, Repository), scratch);
        if (Registry is not null)
            return (new RegistryDestination(Reference.Of(Registry, Repository), new(), scratch ? null : FrameTags.Newest), null);
        if (ServiceArchive is not null)
            return ToArchive(ArchivePath.Beside(ServiceArchive, Repository), scratch);

        if (await EngineAsync(cancellationToken) is { } engine)
            return (new EngineDestination(engine.Program, Reference.Of(LocalRegistry(engine), Repository)), null);
        reporter.Message(Importance.High, "No registry is set (DatabaseImageRegistry, ContainerRegistry) and no container engine answers: the database image becomes an archive.");
        return ToArchive(ArchivePath.Of(FallbackDirectory, Repository), scratch);
    }

    (IDestination Destination, string? File) ToArchive(string path, bool scratch)
    {
        path = Path.GetFullPath(path);
        if (scratch)
            path = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path) + ScratchImage.TagSuffix + Path.GetExtension(path));
        return (new OciArchiveDestination(path, Reference.Of(Registry ?? Reference.DockerHub, Repository)), path);
    }

    async Task<ContainerCommand?> EngineAsync(CancellationToken cancellationToken)
    {
        if (Setting.LocalEngine(LocalEngine) is { } named)
        {
            return await named.WhyNotAsync(cancellationToken) is { } reason
                ? throw new StillframeException(ErrorCodes.EngineUnavailable, $"The database image can't go to {named.Program} (LocalRegistry): {reason}. Start it, or set DatabaseImageRegistry or DatabaseImageArchiveOutputPath.")
                : named;
        }

        foreach (var engine in new[] { ContainerCommand.Docker, ContainerCommand.Podman })
        {
            if (await engine.WhyNotAsync(cancellationToken) is null)
                return engine;
        }

        return null;
    }

    // what either engine itself prefixes to a name without a registry
    static string LocalRegistry(ContainerCommand engine) => engine == ContainerCommand.Podman ? "localhost" : Reference.DockerHub;
}
