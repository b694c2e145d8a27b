using System.Globalization;
using Stillframe.Processes;
using Stillframe.Rollouts;

namespace Demo;

/// <summary>The sample's project, published and refreshed as its team does it: by <c>dotnet</c>.</summary>
sealed class Project(DemoOptions options)
{
    string Deploy => Path.Combine(options.Directory, "deploy");

    string Dump => Path.Combine(options.Directory, "dump");

    /// <summary>Its schema for what is in no frame.</summary>
    public Task<string> QueueAsync(CancellationToken cancellationToken) => File.ReadAllTextAsync(Path.Combine(options.Project, "data", "work.sql"), cancellationToken);

    /// <param name="fromMaster">Takes the last dump of the master rather than the dump beside the code, so that no data goes back.</param>
    public async Task<ImagePair> PublishAsync(int version, bool fromMaster, CancellationToken cancellationToken)
    {
        string[] data = fromMaster ? [$"-p:CustomAfterMicrosoftCommonTargets={await DumpTargetsAsync(cancellationToken)}"] : [];
        await RunAsync(["publish", options.Project, .. options.Publish, "-t:PublishContainer", $"-p:Version=1.{version}.0", .. Where, .. data], null, cancellationToken);
        return await ImagePair.ReadAsync(Path.Combine(Deploy, DeployDirectory.Images), cancellationToken);
    }

    public async Task<ImagePair> RefreshAsync(Master master, CancellationToken cancellationToken)
    {
        await RunAsync(["build", options.Project, .. options.Publish, "-t:RefreshDatabaseImage", $"-p:DatabaseDumpDirectory={Dump}", .. Where], master.ForDumps, cancellationToken);
        return await ImagePair.ReadAsync(Path.Combine(Deploy, DeployDirectory.Images), cancellationToken);
    }

    string[] Where => [$"-p:ContainerRegistry={options.Registry}", $"-p:DatabaseDeployDirectory={Deploy}"];

    async Task<string> DumpTargetsAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(options.Directory, "dump.targets");
        await File.WriteAllTextAsync(file, $"""<Project><ItemGroup><DatabaseDump Remove="@(DatabaseDump)" /><DatabaseDump Include="{Dump}" /></ItemGroup></Project>""", cancellationToken);
        return file;
    }

    static async Task RunAsync(string[] arguments, string? master, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string?> { ["DatabaseMaster"] = master };
        var run = await ChildProcess.RunAsync("dotnet", arguments, new() { Environment = environment }, cancellationToken);
        if (run.ExitCode != 0)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"'dotnet {string.Join(' ', arguments.Take(2))} …' failed with exit code {run.ExitCode}:\n{run.AllOutput}"));
    }
}
