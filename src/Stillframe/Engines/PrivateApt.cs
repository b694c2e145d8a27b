using System.Globalization;
using System.Text.RegularExpressions;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>
/// The host's apt, with its sources, keys, pins and proxies, but directories of its own and no package installed: it resolves
/// everything a package needs, libc included, and puts the archives into <see cref="Archives"/>. Needs no root and changes nothing on the host.
/// </summary>
/// <param name="directory">An empty directory for the indexes (some 60 MB) and archives.</param>
/// <param name="architecture">Debian's name of the one that packages are for; null for the host's own.</param>
sealed partial class PrivateApt(string directory, string? architecture = null)
{
    const int Attempts = 3;

    /// <summary>Far more than it takes; a network that gives nothing at all ends sooner (<c>Acquire::http::Timeout</c>).</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    static readonly Dictionary<string, string?> Environment = new() { ["LC_ALL"] = "C.UTF-8", ["DEBIAN_FRONTEND"] = "noninteractive" };

    string ConfigurationFile => Path.Combine(directory, "apt.conf");

    public string Archives => Path.Combine(directory, "cache", "archives");

    /// <summary>Fetches the package indexes.</summary>
    public async Task UpdateAsync(CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "state/lists/partial", "cache/archives/partial", "log" })
            Directory.CreateDirectory(Path.Combine(directory, name));
        await File.WriteAllTextAsync(Path.Combine(directory, "status"), "", cancellationToken);
        await File.WriteAllTextAsync(ConfigurationFile, Configuration(), cancellationToken);
        await GetAsync(["update"], cancellationToken);
    }

    /// <summary>The first of these packages that the sources have, with its version; null where there is none.</summary>
    /// <param name="names">A regular expression over package names.</param>
    public async Task<string?> FindAsync(string names, CancellationToken cancellationToken)
    {
        var result = await RunAsync("apt-cache", ["--names-only", "search", names], cancellationToken);
        // an unversioned name sorts first and is the distribution's own choice; of versioned ones the last is the newest
        var found = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal).ToList();
        return found.FirstOrDefault(name => !name.Any(char.IsAsciiDigit)) ?? found.LastOrDefault();
    }

    /// <summary>The version that an installation would take.</summary>
    public async Task<string> CandidateAsync(string package, CancellationToken cancellationToken)
    {
        var result = await RunAsync("apt-cache", ["policy", package], cancellationToken);
        var match = CandidateLine().Match(result.Output);
        return match.Success && match.Groups[1].Value != "(none)" ? match.Groups[1].Value : throw Failed(["policy", package], result);
    }

    /// <summary>What <see cref="DownloadAsync"/> of the same packages will fetch.</summary>
    public async Task<(int Packages, long Bytes)> PlanAsync(string package, IReadOnlyList<string> alone, CancellationToken cancellationToken)
    {
        var closure = (await GetAsync(["-qq", "--print-uris", "install", package], cancellationToken)).Output;
        if (alone.Count > 0)
            closure += (await GetAsync(["-qq", "--print-uris", "download", .. alone], cancellationToken)).Output;
        var sizes = UriLine().Matches(closure).Select(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        return (sizes.Count, sizes.Sum());
    }

    /// <summary>Fetches packages with all they depend on, and others without.</summary>
    public async Task DownloadAsync(IReadOnlyList<string> packages, IReadOnlyList<string> alone, CancellationToken cancellationToken)
    {
        await GetAsync(["-qq", "-y", "--download-only", "install", .. packages], cancellationToken);
        if (alone.Count > 0)
            await GetAsync(["-qq", "download", .. alone], cancellationToken);
    }

    /// <summary>Several times, as long as another time may help: with its own <c>Acquire::Retries</c>, apt never ends on a full disk.</summary>
    async Task<ProcessResult> GetAsync(string[] arguments, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await RunAsync("apt-get", arguments, cancellationToken);
            if (result.ExitCode == 0)
                return result;
            if (attempt == Attempts || FullDisk.IsSaidBy(result.AllOutput))
                throw Failed(arguments, result);
        }
    }

    async Task<ProcessResult> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            return await ChildProcess.RunAsync(
                program, ["-c", ConfigurationFile, .. arguments], new() { Environment = Environment, WorkingDirectory = Archives }, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(arguments, new(-1, "", $"it did not end within {Longest.TotalMinutes:0} minutes."));
        }
    }

    static StillframeException Failed(string[] arguments, ProcessResult result)
    {
        var complaints = result.AllOutput.Split('\n').Where(line => line.StartsWith("E:", StringComparison.Ordinal) || line.StartsWith("W:", StringComparison.Ordinal)).Take(5).ToList();
        var words = complaints.Count > 0 ? string.Join(" ", complaints) : result.AllOutput;
        return new(
            ErrorCodes.PackagesUnavailable,
            $"The embedded engine can't get the MariaDB server from apt ('apt-get {string.Join(' ', arguments)}'): {words} " +
            "Check this host's network, proxy and apt sources, or install mariadb-server, or use the engine docker or podman.");
    }

    // The host's hooks are cleared: some of them (in Docker's Debian images) delete files outside of our directories.
    string Configuration() => $$"""
        Dir::State "{{directory}}/state";
        Dir::State::status "{{directory}}/status";
        Dir::State::extended_states "{{directory}}/extended_states";
        Dir::Cache "{{directory}}/cache";
        Dir::Log "{{directory}}/log";
        APT::Sandbox::User "root";
        APT::Install-Recommends "false";
        APT::Install-Suggests "false";
        APT::Get::Assume-Yes "true";
        APT::Update::Error-Mode "any";
        Acquire::Languages "none";
        Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
        Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
        Acquire::Retries "0";
        Acquire::http::Timeout "30";
        Acquire::https::Timeout "30";
        #clear APT::Update::Pre-Invoke;
        #clear APT::Update::Post-Invoke;
        #clear APT::Update::Post-Invoke-Success;
        #clear DPkg::Pre-Install-Pkgs;
        #clear DPkg::Pre-Invoke;
        #clear DPkg::Post-Invoke;
        {{Architecture()}}
        """;

    // alone: of two, apt takes what the other needs from either
    string Architecture() => architecture is null ? "" : $$"""
        APT::Architecture "{{architecture}}";
        #clear APT::Architectures;
        APT::Architectures { "{{architecture}}"; };

        """;

    [GeneratedRegex(@"^\s*Candidate: (\S+)", RegexOptions.Multiline)]
    private static partial Regex CandidateLine();

    // 'uri' file-name size [hash]
    [GeneratedRegex(@"^'[^']*' \S+ (\d+)", RegexOptions.Multiline)]
    private static partial Regex UriLine();
}
