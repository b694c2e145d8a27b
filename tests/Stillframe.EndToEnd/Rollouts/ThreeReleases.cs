using System.IO.Compression;
using System.Text.RegularExpressions;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Samples;
using Stillframe.Rollouts;

namespace Stillframe.EndToEnd.Rollouts;

/// <summary>
/// The sample, new data for it, and new code with new data again: published once a run, beside other tests, and kept in a registry until the run ends.
/// To roll them out takes an engine, and in <see cref="RolloutsOnEngines"/> a machine that does nothing else; to publish them doesn't.
/// </summary>
sealed partial class ThreeReleases
{
    static readonly Lazy<Task<ThreeReleases>> ofTheRun = new(() => Task.Run(PublishAsync));

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    ThreeReleases(LocalRegistry registry)
    {
        Registry = registry;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Task.Run(async () => await registry.DisposeAsync()).Wait();
            directory.Dispose();
        };
    }

    public LocalRegistry Registry { get; }

    public ImagePair First { get; private set; } = null!;

    /// <summary>The first's service on other data.</summary>
    public ImagePair Refreshed { get; private set; } = null!;

    public ImagePair Released { get; private set; } = null!;

    string Deploy => Path.Combine(directory.Path, "deploy");

    public static Task<ThreeReleases> GetAsync() => ofTheRun.Value;

    /// <summary>What publishing wrote for orchestrators, in a directory of a test's own.</summary>
    public void CopyTo(string deploy)
    {
        Directory.CreateDirectory(deploy);
        foreach (var file in Directory.EnumerateFiles(Deploy))
            File.Copy(file, Path.Combine(deploy, Path.GetFileName(file)));
    }

    static async Task<ThreeReleases> PublishAsync()
    {
        var releases = new ThreeReleases(await LocalRegistry.StartAsync());
        using var sample = new PublishedSample("Gazetteer", "gazetteer");
        releases.First = await releases.PublishAsync(sample, "1.0.0");
        releases.Refreshed = await releases.PublishAsync(sample, "1.0.0", "-t:RefreshDatabaseImage", releases.Changed("a"));
        releases.Released = await releases.PublishAsync(sample, "2.0.0", releases.Changed("b"));
        return releases;
    }

    async Task<ImagePair> PublishAsync(PublishedSample sample, string version, params string[] options)
    {
        await sample.PublishAsync(Registry, [$"-p:ContainerRegistry={Registry.Host}", $"-p:Version={version}", $"-p:DatabaseDeployDirectory={Deploy}", .. options]);
        return await ImagePair.ReadAsync(Path.Combine(Deploy, "images.env"), default);
    }

    /// <summary>The sample's dump with another name of a place.</summary>
    string Changed(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(directory.Path, name)).FullName;
        var dump = Path.Combine(folder, "gazetteer.sql");
        using var packed = new GZipStream(File.OpenRead(Repository.PathOf("src/Samples/Gazetteer/data/gazetteer.sql.gz")), CompressionMode.Decompress);
        using var text = new StreamReader(packed);
        File.WriteAllText(dump, FirstName().Replace(text.ReadToEnd(), $"${{0}}{name}", 1));
        var targets = Path.Combine(folder, "dump.targets");
        File.WriteAllText(targets, $"<Project><ItemGroup><DatabaseDump Remove=\"@(DatabaseDump)\" /><DatabaseDump Include=\"{dump}\" /></ItemGroup></Project>");
        return $"-p:CustomAfterMicrosoftCommonTargets={targets}";
    }

    [GeneratedRegex(@"INSERT INTO `place`[^']*'")]
    private static partial Regex FirstName();
}
