namespace Stillframe.Engines;

/// <summary>Docker or Podman: the server is the base image's own, in a container that is gone after the build.</summary>
sealed class ContainerEngine(ContainerCommand command, EngineOptions options) : IEngine
{
    public string Name => command.Program;

    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken) =>
        BaseImages.WhyNotImage(options.BaseImage)
        ?? await command.WhyNotAsync(cancellationToken)
        ?? await command.WhyNotRunAsync(cancellationToken);

    public async Task<ISandbox> OpenAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        BaseImages.RequireImage(options.BaseImage, Name, options.Program);
        var image = string.IsNullOrEmpty(options.BaseImage) ? options.Program.DefaultImage : options.BaseImage;
        var pinned = await new BaseImageSource(command, reporter).PinAsync(image, cancellationToken);
        var container = await BuilderContainer.RunAsync(command, pinned, options.Program, cancellationToken);
        try
        {
            var release = container.Probe.Require(image, options.Program);
            return new ContainerSandbox(command, container, release, pinned, options.WorkDirectory);
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }
}
