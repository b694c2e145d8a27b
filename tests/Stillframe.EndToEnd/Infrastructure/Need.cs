using Stillframe.Images;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>Something a test can't do without. Where it is missing the test is skipped, and says why.</summary>
public enum Need
{
    /// <summary>A container engine that answers to <c>docker</c>, with the image <see cref="BaseImage"/>.</summary>
    Docker,
    /// <summary>A <c>podman</c> that runs containers, without the image.</summary>
    Podman,
    /// <summary><c>docker-registry</c> on PATH.</summary>
    Registry,
    /// <summary><c>skopeo</c> on PATH.</summary>
    Skopeo,
    /// <summary><c>mariadbd</c> on PATH or in /usr/sbin: the local engine.</summary>
    LocalServer,
    /// <summary>An unpacked MySQL server, <see cref="Needs.MySql"/>.</summary>
    MySql,
    /// <summary>A Debian or Ubuntu host with apt: the embedded engine.</summary>
    Apt,
    /// <summary><c>innochecksum</c> on PATH, which comes with the server.</summary>
    Innochecksum,
    /// <summary><c>tmux</c> on PATH: a terminal.</summary>
    Terminal,
    /// <summary><c>chromium</c>, or another browser of that family, on PATH.</summary>
    Browser,
    /// <summary>Docker's compose, as <c>docker-compose</c> or as <c>docker compose</c>.</summary>
    Compose,
    /// <summary><c>kubectl</c> on PATH, whose kustomize knows components.</summary>
    Kustomize,
    /// <summary><c>age</c> and <c>age-keygen</c> on PATH.</summary>
    Age,
    /// <summary><c>gpg</c> and <c>gpg-agent</c> on PATH.</summary>
    Gpg,
    /// <summary>What <c>PublishAot</c> needs: a linker on PATH, and the compiler from the package source.</summary>
    NativeCompiler,
    /// <summary>To be root, for loop mounts and the like.</summary>
    Root,
    /// <summary>To be able to run a program as somebody else.</summary>
    OrdinaryUser,
    /// <summary>To be able to choose the ids of the next processes.</summary>
    ProcessIds,
}

public static class Needs
{
    /// <summary>The base image of container tests: <c>STILLFRAME_TEST_BASE_IMAGE</c>, or <c>mariadb:10.11-test</c>, which the build makes.</summary>
    public static string BaseImage { get; } = Environment.GetEnvironmentVariable("STILLFRAME_TEST_BASE_IMAGE") is { Length: > 0 } image ? image : "mariadb:10.11-test";

    /// <summary>The directory of <c>STILLFRAME_TEST_MYSQL</c>, which the build makes: <c>root</c> as it would lie below <c>/</c>, <c>data</c> a new server's. Null where it is not set.</summary>
    public static string? MySql { get; } = Environment.GetEnvironmentVariable("STILLFRAME_TEST_MYSQL") is { Length: > 0 } directory ? directory : null;

    /// <summary>The directory of <c>STILLFRAME_TEST_MARIADB</c>, the same of the release that the default base image has. Null where it is not set.</summary>
    public static string? NewerMariaDb { get; } = Environment.GetEnvironmentVariable("STILLFRAME_TEST_MARIADB") is { Length: > 0 } directory ? directory : null;

    static readonly Lazy<IReadOnlyList<string[]>> compose = new(() => [.. new string[][] { ["docker-compose"], ["docker", "compose"] }.Where(command => OnPath(command[0]) is null && Answers(command[0], [.. command[1..], "version"]) is null)]);

    /// <summary>The commands of compose that answer.</summary>
    public static IReadOnlyList<string[]> Compose => compose.Value;

    static readonly Dictionary<Need, Lazy<string?>> missing = Enum.GetValues<Need>().ToDictionary(need => need, need => new Lazy<string?>(() => Check(need)));

    /// <summary>What every run in CI has to test.</summary>
    static readonly Need[] required = [Need.Docker, Need.Registry, Need.Apt, Need.Browser];

    static bool IsCI => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>Null where it is there; otherwise why it is not.</summary>
    public static string? Missing(Need need) => missing[need].Value;

    /// <summary>
    /// Null where everything is there; otherwise what is missing. What a run in CI has to test counts as there: a test that needs it fails then.
    /// </summary>
    public static string? WhyNot(IEnumerable<Need> needs) =>
        needs.Where(need => !IsCI || !required.Contains(need)).Select(Missing).FirstOrDefault(reason => reason is not null);

    static string? Check(Need need) => need switch
    {
        Need.Docker => OnPath("docker") ?? Answers("docker", "info") ?? Answers("docker", "run", "--rm", "--pull=never", "--entrypoint", "/bin/true", BaseImage),
        Need.Podman => OnPath("podman") ?? PodmanForTests.WhyNot(),
        Need.Registry => OnPath("docker-registry"),
        Need.Skopeo => OnPath("skopeo"),
        Need.LocalServer => File.Exists("/usr/sbin/mariadbd") ? null : OnPath("mariadbd"),
        Need.MySql => MySql is not null && Directory.Exists($"{MySql}/root") ? Missing(Need.Root) : "no MySQL server is unpacked here (STILLFRAME_TEST_MYSQL), which the build does as root where there is apt",
        Need.Apt => OnPath("apt-get"),
        Need.Innochecksum => OnPath("innochecksum"),
        Need.Terminal => OnPath("tmux"),
        Need.Browser => BrowserForTests.Program is null ? OnPath("chromium") : null,
        Need.Compose => Compose.Count > 0 ? null : "neither 'docker-compose' nor 'docker compose' answers",
        Need.Kustomize => OnPath("kubectl") ?? (Command.RunAsync("kubectl", ["version", "--client"]).GetAwaiter().GetResult().Output.Contains("Kustomize Version: v", StringComparison.Ordinal)
            ? null
            : "this 'kubectl' does not tell which kustomize it has, so it is too old for components"),
        Need.Age => OnPath("age") ?? OnPath("age-keygen"),
        Need.Gpg => OnPath("gpg") ?? OnPath("gpg-agent"),
        Need.NativeCompiler => NativeCompilerForTests.WhyNot(),
        Need.Root => Environment.UserName == "root" ? null : "not run as root",
        Need.OrdinaryUser => Missing(Need.Root) ?? OrdinaryUser.WhyNot(),
        Need.ProcessIds => ProcessIds.WhyNot(),
        _ => throw new ArgumentOutOfRangeException(nameof(need)),
    };

    static string? OnPath(string program) => ChildProcess.Find(program) is null ? $"'{program}' is not on PATH" : null;

    static string? Answers(string program, params string[] arguments)
    {
        var result = ChildProcess.RunAsync(program, arguments).GetAwaiter().GetResult();
        return result.ExitCode == 0 ? null : $"'{program} {string.Join(' ', arguments)}' fails: {result.Error.Trim()}";
    }
}

/// <summary>A fact that is skipped, with the reason, where something it needs is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(params Need[] needs) => Skip = Needs.WhyNot(needs);
}

/// <summary>A theory that is skipped, with the reason, where something it needs is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(params Need[] needs) => Skip = Needs.WhyNot(needs);
}
