namespace Stillframe.MSBuild;

/// <summary>What the processors of a service are called in its image. OCI image specification, "Image Index", "platform"; names are Go's.</summary>
static class ServiceArchitectures
{
    static readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["x64"] = "amd64",
        ["x86"] = "386",
        ["armv6"] = "arm",
        ["loongarch64"] = "loong64",
    };

    /// <summary>Architectures other than a frame's that a service runs on.</summary>
    /// <param name="runtimes">Runtime identifiers, such as <c>linux-musl-arm64</c>; other systems than Linux run no frame, and don't count.</param>
    public static IReadOnlyList<string> OtherThan(IReadOnlyCollection<string> architectures, IEnumerable<string> runtimes) =>
        [.. runtimes.Select(Of).OfType<string>().Where(name => !architectures.Contains(name)).Order(StringComparer.Ordinal)];

    /// <summary>The architecture of a runtime identifier; null where it is not of Linux, or names none.</summary>
    public static string? Of(string runtime) => runtime.Trim().Split('-') is { Length: > 1 } parts && parts[0].Equals("linux", StringComparison.OrdinalIgnoreCase)
        ? names.GetValueOrDefault(parts[^1]) ?? parts[^1].ToLowerInvariant()
        : null;
}
