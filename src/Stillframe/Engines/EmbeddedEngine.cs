using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>A server out of the distribution's packages, unpacked into the user's cache and run from there.</summary>
sealed class EmbeddedEngine(EngineOptions options) : IEngine
{
    static readonly string[] Programs = ["apt-get", "apt-cache", "dpkg-deb"];

    readonly ServerFacts facts = new();
    readonly ServerCache cache = new(options.CacheDirectory, options.ServerMaximumAge, AptServer.AskAsync, TimeProvider.System);

    public string Name => "embedded";

    public Task<string?> WhyNotAsync(CancellationToken cancellationToken) => Task.FromResult(WhyNot());

    public async Task<ISandbox> OpenAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        BaseImages.RequireSelf(options.BaseImage, Name);
        if (WhyNot() is { } reason)
            throw new StillframeException(ErrorCodes.EngineUnavailable, $"The engine 'embedded' does not work here: {reason}.");
        var server = await cache.GetAsync(reporter, cancellationToken);
        return await HostSandbox.OpenAsync(server, options.WorkDirectory, facts, reporter, cancellationToken);
    }

    string? WhyNot()
    {
        if (BaseImages.WhyNotSelf(options.BaseImage, options.Program) is { } wrongBase)
            return wrongBase;
        if (UnpackedServer.Architecture is null)
            return "it has a server for amd64 and arm64 only";
        if (!OperatingSystem.IsLinux())
            return "it needs Debian or Ubuntu, whose packages it unpacks";
        if (cache.IsFilled)
            return null;
        var missing = Programs.FirstOrDefault(program => ChildProcess.Find(program) is null);
        return missing is null ? null : $"'{missing}' is not on PATH; it needs Debian or Ubuntu, whose packages it unpacks";
    }
}
