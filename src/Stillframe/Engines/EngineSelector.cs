namespace Stillframe.Engines;

/// <summary>Chooses the engine of a build.</summary>
static class EngineSelector
{
    static readonly EngineKind[] Order = [EngineKind.Docker, EngineKind.Podman, EngineKind.Local, EngineKind.Embedded];

    /// <summary>The engine asked for; for <see cref="EngineKind.Auto"/> the first that works.</summary>
    /// <exception cref="StillframeException">SF2001: none works. SF2002: the one asked for does not.</exception>
    public static async Task<IEngine> SelectAsync(EngineOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reporter);
        if (options.Kind != EngineKind.Auto)
        {
            var named = Create(options.Kind, options);
            if (options.Kind is EngineKind.Docker or EngineKind.Podman)
                BaseImages.RequireImage(options.BaseImage, named.Name, options.Program);
            else
                BaseImages.RequireSelf(options.BaseImage, named.Name);
            return await named.WhyNotAsync(cancellationToken) is { } reason
                ? throw Unavailable(named.Name, reason)
                : named;
        }

        var reasons = new List<string>();
        foreach (var engine in Order.Select(kind => Create(kind, options)))
        {
            if (await engine.WhyNotAsync(cancellationToken) is not { } reason)
            {
                reporter.Message(Importance.Normal, $"Using the engine '{engine.Name}'");
                return engine;
            }

            reporter.Message(Importance.Low, $"Not using the engine '{engine.Name}': {reason}");
            reasons.Add($"{Environment.NewLine}  {engine.Name}: {reason}");
        }

        throw new StillframeException(
            ErrorCodes.NoEngine,
            $"No engine works here to load the database with.{string.Concat(reasons)}{Environment.NewLine}" +
            "Install Docker or Podman, or a MariaDB server (Debian, Ubuntu: package mariadb-server), or build on Debian or Ubuntu, where apt is enough.");
    }

    /// <summary>
    /// Selects and opens. Without a <c>DatabaseBaseImage</c>, an engine that can't get its default one is no engine that works: a machine
    /// may have Docker and no registry to pull from.
    /// </summary>
    /// <exception cref="StillframeException">Those of <see cref="SelectAsync"/> and of <see cref="IEngine.OpenAsync"/>.</exception>
    public static async Task<OpenedEngine> OpenAsync(EngineOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        var engine = await SelectAsync(options, reporter, cancellationToken);
        try
        {
            return new(engine, await engine.OpenAsync(reporter, cancellationToken), null);
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.BaseImageMissing && options is { Kind: EngineKind.Auto, Program.MayBeOfHost: true } && string.IsNullOrEmpty(options.BaseImage))
        {
            reporter.Message(Importance.Normal, $"Not using the engine '{engine.Name}'. {e.Message}");
            var instead = await OpenAsync(options with { BaseImage = BaseImages.Self }, reporter, cancellationToken);
            reporter.Warning(
                ErrorCodes.OtherServer,
                $"The frame is made with {instead.Sandbox.Release} of this machine (engine '{instead.Engine.Name}') instead of '{BaseImages.Default}', which is not available: {e.Message} "
                + $"Make it available, or say DatabaseBaseImage={BaseImages.Self} where this machine's server is the one to take.");
            return instead with { Missing = BaseImages.Default };
        }
    }

    internal static StillframeException Unavailable(string engine, string reason) => new(
        ErrorCodes.EngineUnavailable, $"The engine '{engine}' does not work here: {reason}. Put that right, or let 'auto' choose another (DatabaseEngine, or --engine of the tool).");

    static IEngine Create(EngineKind kind, EngineOptions options) => kind switch
    {
        EngineKind.Docker => new ContainerEngine(ContainerCommand.Docker, options),
        EngineKind.Podman => new ContainerEngine(ContainerCommand.Podman, options),
        EngineKind.Local => new LocalEngine(options),
        EngineKind.Embedded => new EmbeddedEngine(options),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an engine."),
    };
}
