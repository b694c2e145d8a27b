using Stillframe.Processes;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>Something a test can't do without. Where it is missing the test is skipped, and says why.</summary>
public enum Need
{
    /// <summary>A container engine that answers to <c>docker</c>, with the image <see cref="BaseImage"/>.</summary>
    Docker,
    /// <summary>The same for <c>podman</c>, without the image.</summary>
    Podman,
    /// <summary><c>docker-registry</c> on PATH.</summary>
    Registry,
    /// <summary><c>skopeo</c> on PATH.</summary>
    Skopeo,
    /// <summary><c>mariadbd</c> on PATH or in /usr/sbin: the local engine.</summary>
    LocalServer,
    /// <summary>A Debian or Ubuntu host with apt: the embedded engine.</summary>
    Apt,
    /// <summary><c>innochecksum</c> on PATH, which comes with the server.</summary>
    Innochecksum,
    /// <summary>To be root, for loop mounts and the like.</summary>
    Root,
}

public static class Needs
{
    /// <summary>The base image of container tests: <c>STILLFRAME_TEST_BASE_IMAGE</c>, or <c>mariadb:10.11-test</c>, which the build makes.</summary>
    public static string BaseImage { get; } = Environment.GetEnvironmentVariable("STILLFRAME_TEST_BASE_IMAGE") is { Length: > 0 } image ? image : "mariadb:10.11-test";

    static readonly Dictionary<Need, Lazy<string?>> missing = Enum.GetValues<Need>().ToDictionary(need => need, need => new Lazy<string?>(() => Check(need)));

    /// <summary>Null where everything is there; otherwise what is missing.</summary>
    public static string? WhyNot(IEnumerable<Need> needs) => needs.Select(need => missing[need].Value).FirstOrDefault(reason => reason is not null);

    static string? Check(Need need) => need switch
    {
        Need.Docker => OnPath("docker") ?? Answers("docker", "info") ?? Answers("docker", "image", "inspect", BaseImage),
        Need.Podman => OnPath("podman") ?? Answers("podman", "info"),
        Need.Registry => OnPath("docker-registry"),
        Need.Skopeo => OnPath("skopeo"),
        Need.LocalServer => File.Exists("/usr/sbin/mariadbd") ? null : OnPath("mariadbd"),
        Need.Apt => OnPath("apt-get"),
        Need.Innochecksum => OnPath("innochecksum"),
        Need.Root => Environment.UserName == "root" ? null : "not run as root",
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
